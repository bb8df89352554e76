"""`convener change`."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

import typer

from convener.cli.changing import print_change
from convener.cli.face import Face
from convener.cli.moments import parse_day, parse_instant
from convener.cli.opening import opened, zone_of
from convener.cli.options import PodScope, Scope, SessionScope, Who, command_app, speaking
from convener.errors import UsageError
from convener.model import (
    CancelSession,
    Change,
    MovePod,
    MoveSession,
    NewManager,
    Promote,
    Return,
    Second,
    SwapCoach,
    Withdraw,
)
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
Attributes = Annotated[
    list[str] | None, typer.Option("--set", metavar="COLUMN=VALUE", help="A column of the roster; may be repeated.")
]
ManagerName = Annotated[str, typer.Option("--manager-name", help="Name of the new line manager, if there is one.")]
ManagerEmail = Annotated[str, typer.Option("--manager-email", help="Their address.")]
NewStart = Annotated[
    str, typer.Option("--to", metavar="ISO", help="New start, on the programme's wall clock without an offset.")
]
Cancel = Annotated[bool, typer.Option("--cancel", help="It does not take place; needs --reason.")]
Ahead = Annotated[str, typer.Option("--until", metavar="ISO", help="Last moment a dry run looks at; 400 days without.")]


@app.command()
@speaking("on", "dry_run")
def withdraw(face: Face, scope: Scope, who: Who, *, reason: Reason = "", ahead: Ahead = "") -> None:
    """Let somebody leave the programme; past attendance stays."""
    with opened(face, scope) as workspace:
        what = Withdraw(person=who, on=effective(face, workspace, scope), reason=reason)
        apply(face, workspace, scope, what, ahead)


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
def bring_back(face: Face, scope: Scope, who: Who, *, zone: Zone = "", pod: PodName = "", ahead: Ahead = "") -> None:
    """Bring somebody back from secondment."""
    with opened(face, scope) as workspace:
        day = effective(face, workspace, scope)
        apply(face, workspace, scope, Return(person=who, on=day, pod=pod_id(scope, pod), zone=zone), ahead)


@app.command()
@speaking("on", "dry_run")
def manager(face: Face, scope: Scope, who: Who, *, name: Name, email: Email, ahead: Ahead = "") -> None:
    """Give somebody another line manager."""
    with opened(face, scope) as workspace:
        day = effective(face, workspace, scope)
        apply(face, workspace, scope, NewManager(person=who, on=day, name=name, email=email), ahead)


@app.command()
@speaking("on", "dry_run")
def pod(face: Face, scope: Scope, who: Who, to: NewPod, *, ahead: Ahead = "") -> None:
    """Move somebody to another pod."""
    with opened(face, scope) as workspace:
        day = effective(face, workspace, scope)
        apply(face, workspace, scope, MovePod(person=who, on=day, pod=pod_id(scope, to)), ahead)


@app.command()
@speaking("on", "dry_run")
def coach(face: Face, scope: PodScope, to: Coach, *, ahead: Ahead = "") -> None:
    """Give a pod another coach."""
    with opened(face, scope) as workspace:
        day = effective(face, workspace, scope)
        apply(face, workspace, scope, SwapCoach(pod=Parts.parse(scope).pod_id, on=day, coach=to), ahead)


@app.command()
@speaking("on", "dry_run")
def promote(
    face: Face,
    scope: Scope,
    who: Who,
    *,
    attributes: Attributes = None,
    manager_name: ManagerName = "",
    manager_email: ManagerEmail = "",
) -> None:
    """Give somebody another post: other values in columns of the roster, perhaps another line manager."""
    with opened(face, scope) as workspace:
        what = Promote(
            person=who,
            on=effective(face, workspace, scope),
            attributes=columns(attributes or []),
            manager_name=manager_name,
            manager_email=manager_email,
        )
        apply(face, workspace, scope, what)


@app.command()
@speaking("dry_run")
def session(
    face: Face,
    scope: SessionScope,
    *,
    to: NewStart = "",
    cancel: Cancel = False,
    reason: Reason = "",
    ahead: Ahead = "",
) -> None:
    """Move one session to another start, or call it off."""
    if cancel == bool(to):
        raise UsageError("a session either moves or is called off", hint="--to ISO, or --cancel --reason WHY")
    with opened(face, scope) as workspace:
        name = Parts.parse(scope).session_id
        what: Change = CancelSession(session=name, reason=reason)
        if to:
            what = MoveSession(session=name, starts=parse_instant(to, zone_of(workspace, scope)))
        apply(face, workspace, scope, what, ahead)


def columns(written: Sequence[str]) -> dict[str, str]:
    """Take each `COLUMN=VALUE` apart; raise UsageError for one without an equals sign."""
    pairs = [part.partition("=") for part in written]
    for column, sign, value in pairs:
        if not column or not sign:
            raise UsageError(
                f"{column + sign + value!r} is not a column and a value", hint="for example --set grade=8b"
            )
    return {column.strip(): value.strip() for column, _, value in pairs}


def apply(face: Face, workspace: Workspace, scope: str, what: Change, ahead: str = "") -> None:
    """Apply *what* and tell what came of it; a dry run looks as far as *ahead*."""
    until = parse_instant(ahead, zone_of(workspace, scope)) if ahead else None
    where = Parts.parse(scope).of_programme
    print_change(face, change(workspace, where, what, dry_run=face.dry_run, until=until))


def effective(face: Face, workspace: Workspace, scope: str) -> date:
    """Return the day that `--on` names, or the programme's today."""
    ruleset = workspace.rules.ruleset(Parts.parse(scope).of_programme)
    return parse_day(face.on) or local_day(workspace.clock.now(), ruleset)


def pod_id(scope: str, pod: str) -> str:
    """Return the id of *pod*, which may be typed with or without its programme; empty stays empty."""
    return pod if not pod or "/" in pod else f"{Parts.parse(scope).programme}/{pod}"
