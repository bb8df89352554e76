"""`convener change`."""

from datetime import date
from typing import Annotated

import typer

from convener.cli.changing import print_change
from convener.cli.face import Face
from convener.cli.moments import parse_day, parse_instant
from convener.cli.opening import opened, zone_of
from convener.cli.options import PodScope, Scope, SessionScope, To, Who, command_app, speaking
from convener.model import Change, MovePod, MoveSession, NewManager, Return, Second, SwapCoach, Withdraw
from convener.operations.change import change
from convener.operations.workspace import Scope as Parts
from convener.operations.workspace import Workspace, local_day

app = command_app("Change the register: people, pods, coaches, sessions.")
Until = Annotated[str, typer.Option("--until", metavar="ISO", help="Back from this day; open without.")]
Reason = Annotated[str, typer.Option(help="Why, for the record.")]
Zone = Annotated[str, typer.Option(metavar="ZONE", help="IANA time zone from then on.")]
PodName = Annotated[str, typer.Option("--pod", metavar="POD", help="Pod from then on.")]
NewPod = Annotated[str, typer.Argument(metavar="POD", help="Name of the pod to join.")]
Coach = Annotated[str, typer.Argument(metavar="COACH", help="Address of the coach.")]
Name = Annotated[str, typer.Option(help="The manager's name.")]
Email = Annotated[str, typer.Option(help="The manager's address.")]


@app.command()
@speaking("on", "dry_run")
def withdraw(face: Face, scope: Scope, who: Who, *, reason: Reason = "") -> None:
    """Let somebody leave the programme; past attendance stays."""
    with opened(face, scope) as workspace:
        apply(face, workspace, scope, Withdraw(person=who, on=effective(face, workspace, scope), reason=reason))


@app.command()
@speaking("on", "dry_run")
def second(face: Face, scope: Scope, who: Who, *, until: Until = "", zone: Zone = "", pod: PodName = "") -> None:
    """Send somebody on secondment; they stay enrolled."""
    with opened(face, scope) as workspace:
        day = effective(face, workspace, scope)
        what = Second(person=who, on=day, until=parse_day(until), zone=zone, pod=pod_id(scope, pod))
        apply(face, workspace, scope, what)


@app.command("return")
@speaking("on", "dry_run")
def bring_back(face: Face, scope: Scope, who: Who, *, zone: Zone = "", pod: PodName = "") -> None:
    """Bring somebody back from secondment."""
    with opened(face, scope) as workspace:
        day = effective(face, workspace, scope)
        apply(face, workspace, scope, Return(person=who, on=day, pod=pod_id(scope, pod), zone=zone))


@app.command()
@speaking("on", "dry_run")
def manager(face: Face, scope: Scope, who: Who, *, name: Name, email: Email) -> None:
    """Give somebody another line manager."""
    with opened(face, scope) as workspace:
        day = effective(face, workspace, scope)
        apply(face, workspace, scope, NewManager(person=who, on=day, name=name, email=email))


@app.command()
@speaking("on", "dry_run")
def pod(face: Face, scope: Scope, who: Who, to: NewPod) -> None:
    """Move somebody to another pod."""
    with opened(face, scope) as workspace:
        day = effective(face, workspace, scope)
        apply(face, workspace, scope, MovePod(person=who, on=day, pod=pod_id(scope, to)))


@app.command()
@speaking("on", "dry_run")
def coach(face: Face, scope: PodScope, to: Coach) -> None:
    """Give a pod another coach."""
    with opened(face, scope) as workspace:
        day = effective(face, workspace, scope)
        apply(face, workspace, scope, SwapCoach(pod=Parts.parse(scope).pod_id, on=day, coach=to))


@app.command()
@speaking("dry_run")
def session(face: Face, scope: SessionScope, *, to: To) -> None:
    """Move one session to another start."""
    with opened(face, scope) as workspace:
        starts = parse_instant(to, zone_of(workspace, scope))
        apply(face, workspace, scope, MoveSession(session=Parts.parse(scope).session_id, starts=starts))


def apply(face: Face, workspace: Workspace, scope: str, what: Change) -> None:
    """Apply *what* and tell what came of it."""
    print_change(face, change(workspace, Parts.parse(scope).of_programme, what, dry_run=face.dry_run))


def effective(face: Face, workspace: Workspace, scope: str) -> date:
    """Return the day that `--on` names, or the programme's today."""
    ruleset = workspace.rules.ruleset(Parts.parse(scope).of_programme)
    return parse_day(face.on) or local_day(workspace.clock.now(), ruleset)


def pod_id(scope: str, pod: str) -> str:
    """Return the id of *pod*, which may be typed with or without its programme; empty stays empty."""
    return pod if not pod or "/" in pod else f"{Parts.parse(scope).programme}/{pod}"
