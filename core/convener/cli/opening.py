"""Opening the workspace for one command, at the present or at the moment that `--at` names."""

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from dataclasses import replace

from convener.cli.face import Face
from convener.cli.moments import parse_instant
from convener.cli.shapes import People
from convener.clock import VirtualClock
from convener.operations.rules import Reloaded
from convener.operations.workspace import Workspace
from convener.runtime import open_workspace


@contextmanager
def opened(face: Face, scope: str = "") -> Generator[Workspace]:
    """Yield the workspace, its clock standing still at `--at` where that is given, and close it afterwards.

    A moment without an offset is read on the wall clock of *scope*, or of this machine without one.
    """
    workspace = open_workspace(face.folder)
    try:
        yield at_moment(workspace, face.at, scope) if face.at else workspace
    finally:
        workspace.close()


@contextmanager
def unattended(face: Face, scope: str = "") -> Generator[tuple[Workspace, Reloaded]]:
    """Yield the workspace as `opened` does, working by what is sound in its rules, and what is refused or left out."""
    with opened(replace(face, at="")) as workspace:
        reloaded = workspace.rules.reload()  # before the zone of the scope is asked: that comes from its rules
        yield at_moment(workspace, face.at, scope) if face.at else workspace, reloaded


def at_moment(workspace: Workspace, at: str, scope: str) -> Workspace:
    """Return *workspace* with a clock that stands still at *at*."""
    return replace(workspace, clock=VirtualClock(parse_instant(at, zone_of(workspace, scope))))


def zone_of(workspace: Workspace, scope: str) -> str:
    """Return the zone of the programme of *scope*, or of its client's first one; empty when nothing is named."""
    client, _, rest = scope.strip("/").partition("/")
    if not client:
        return ""
    programme = rest.partition("/")[0] or next(iter(workspace.rules.load(client).prepared), "")
    return workspace.rules.ruleset(f"{client}/{programme}").zone


def people_of(workspace: Workspace, scopes: Iterable[tuple[str, str]]) -> dict[tuple[str, str], People]:
    """Return the people of each (client, programme), to name them by their address."""
    with workspace.store.begin() as tx:
        return {scope: tx.load(*scope).people for scope in set(scopes)}
