"""`convener dates`."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from convener.cli.changing import print_change
from convener.cli.face import Face
from convener.cli.moments import parse_instant, shown
from convener.cli.opening import opened, zone_of
from convener.cli.options import Scope, Seconds, Seed, SessionScope, To, command_app, speaking
from convener.cli.pods import print_rules
from convener.cli.shapes import instant_shape, rule_shape
from convener.cli.tables import show_table, working
from convener.model import DateProposal
from convener.operations import dates

app = command_app("Propose, look at, accept and move session dates.")
Answers = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Answers to the dates poll; else the polls connector is asked.")
]


@app.command()
@speaking()
def propose(face: Face, scope: Scope, *, answers: Answers = None, seed: Seed = 1, seconds: Seconds = 20) -> None:
    """Plan all session dates from the answers to the dates poll; nothing is final until accepted."""
    with opened(face, scope) as workspace, working(face, f"planning the dates of {scope}"):
        proposal, notices = dates.propose(workspace, scope, answers=answers, seed=seed, seconds=seconds)
    print_proposal(face, proposal, notices)
    face.say(f"nothing has changed yet; next: convener dates accept {scope}")


@app.command()
@speaking()
def show(face: Face, scope: Scope) -> None:
    """Show the last proposal."""
    with opened(face, scope) as workspace:
        proposal, _ = dates.show(workspace, scope)
    print_proposal(face, proposal, ())


@app.command()
@speaking("dry_run")
def accept(face: Face, scope: Scope) -> None:
    """Confirm every session of the last proposal."""
    with opened(face, scope) as workspace:
        register = dates.accept(workspace, scope, dry_run=face.dry_run)
    dated = sorted(session.id for session in register.sessions.values() if session.starts)
    if face.json:
        face.data({"programme": register.programme, "sessions": dated})
    if face.dry_run:
        face.say(f"{len(dated)} sessions would have a date; nothing has changed")
        return
    face.say(f"{len(dated)} sessions have a date; next: convener go {scope}")


@app.command()
@speaking("dry_run")
def move(face: Face, scope: SessionScope, *, to: To) -> None:
    """Move one session; invites are updated, and old reminders called off."""
    with opened(face, scope) as workspace:
        starts = parse_instant(to, zone_of(workspace, scope))
        report = dates.move(workspace, scope, to=starts, dry_run=face.dry_run)
    print_change(face, report)


def print_proposal(face: Face, proposal: DateProposal, notices: Iterable[str]) -> None:
    """Print *proposal* as JSON, or as one table of sessions and one of rules."""
    words = [*proposal.notices, *notices]
    if face.json:
        face.data(shape(proposal, words))
        return
    rows = (
        (s.pod, s.number, s.topic, shown(s.starts, s.zone), f"{len(s.coming)} of {len(s.coming) + len(s.absent)}")
        for s in proposal.sessions
    )
    show_table(face, "Sessions", ("pod", "number", "topic", "starts", "can come"), rows)
    print_rules(face, proposal.rules, score=proposal.score, bound=proposal.bound)
    for notice in words:
        face.say(f"note: {notice}")


def shape(proposal: DateProposal, notices: Iterable[str]) -> dict[str, object]:
    """Return the JSON shape of *proposal*."""
    return {
        "programme": proposal.programme,
        "score": proposal.score,
        "bound": proposal.bound,
        "sessions": [
            {
                "pod": session.pod,
                "number": session.number,
                "topic": session.topic,
                "status": session.status,
                "starts": instant_shape(session.starts, session.zone),
                "ends": instant_shape(session.ends, session.zone),
                "zone": session.zone,
                "why": list(session.why),
            }
            for session in proposal.sessions
        ],
        "rules": [rule_shape(outcome) for outcome in proposal.rules],
        "notices": list(notices),
    }
