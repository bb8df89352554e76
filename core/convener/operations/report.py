"""`report`: the client's figures as of any day, in every format, to the sinks or to a folder (R19)."""

from datetime import date
from pathlib import Path

from convener.durable import write_whole
from convener.operations.parcels import report_files
from convener.operations.workspace import Scope, Workspace, local_day
from convener.ports import Publication
from convener.reporting import Report, client_report


def report(workspace: Workspace, scope: str, *, as_of: date | None = None) -> Report:
    """Return the client's report of *scope* as of a day, today by default; only whitelisted fields are in it."""
    ruleset = workspace.rules.ruleset(Scope.parse(scope).of_programme)
    with workspace.store.begin() as tx:
        register = tx.load(ruleset.client, ruleset.programme)
    day = as_of or local_day(workspace.clock.now(), ruleset)
    return client_report(ruleset, register, as_of=day)


def files(workspace: Workspace, scope: str, found: Report, endings: tuple[str, ...]) -> dict[str, bytes]:
    """Return *found* in each format named, by file ending."""
    return report_files(workspace.renderer, workspace.rules.ruleset(Scope.parse(scope).of_programme), found, endings)


def publish(workspace: Workspace, scope: str, found: Report) -> list[str]:
    """Hand *found* to every report sink of the stack and return where it can be read."""
    ruleset = workspace.rules.ruleset(Scope.parse(scope).of_programme)
    content = Publication(
        client=ruleset.client,
        programme=ruleset.programme,
        name="client",
        as_of=found.as_of,
        files=report_files(workspace.renderer, ruleset, found),
    )
    return [workspace.connectors.sink(name).publish(content) for name in ruleset.stack.get("reports", ())]


def write(folder: Path, scope: str, content: dict[str, bytes]) -> list[Path]:
    """Write *content* into *folder*, each file whole or not at all; return the files."""
    files = {folder / f"{scope.replace('/', '-')}.{ending}": data for ending, data in content.items()}
    for path, data in files.items():
        write_whole(path, data)
    return list(files)
