"""`convener dates`."""

from pathlib import Path
from typing import Annotated

import typer

from convener.cli import dates_view
from convener.cli.changing import print_change
from convener.cli.face import Face
from convener.cli.moments import parse_instant
from convener.cli.opening import opened, zone_of
from convener.cli.options import Page, Scope, Seconds, Seed, SessionScope, Steps, To, command_app, speaking
from convener.cli.plans import print_quality
from convener.cli.searching import searching, summary
from convener.operations import dates
from convener.operations.dates import Source
from convener.operations.effort import Budget
from convener.operations.pages import refuse_ending

app = command_app("Propose, look at, accept and move session dates.")
Answers = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Answers to the dates poll; else the polls connector is asked.")
]
Pattern = Annotated[
    str | None,
    typer.Option(metavar="TEXT", help='Dates by a pattern, without any poll: "third tuesday of the month, 14:00".'),
]
Scopes = Annotated[list[str], typer.Argument(metavar="SCOPE...", help="CLIENT/PROGRAMME of each, two or more.")]
Replan = Annotated[bool, typer.Option("--replan", help="Let confirmed dates move too, as few as can be.")]


@app.command()
@speaking()
def propose(  # noqa: PLR0913 - an argument for each option
    face: Face,
    scope: Scope,
    *,
    answers: Answers = None,
    pattern: Pattern = None,
    replan: Replan = False,
    seed: Seed = 1,
    steps: Steps = None,
    seconds: Seconds = None,
    html: Page = None,
) -> None:
    """Plan all session dates from the answers to the dates poll; nothing is final until accepted.

    The same seed gives the same dates on any machine, unless --seconds or Ctrl-C ends the search: then the best so
    far is kept. A second time, it is told what has changed.
    """
    if html is not None:
        refuse_ending(html)
    source = Source(answers=answers, pattern=pattern)
    with opened(face, scope) as workspace:
        before = dates.previous(workspace, scope)
        with searching(face, f"dates of {scope}", Budget(seed=seed, steps=steps, seconds=seconds)) as search:
            found, notices = dates.propose(workspace, scope, source, replan=replan, effort=search.effort)
        _, register = dates.show(workspace, scope)
        if html is not None:
            dates.write_picture(workspace, html, scope, found, notices)
    dates_view.print_proposal(face, found, register, notices)
    if before is not None and not face.json:
        dates_view.print_changes(face, dates.redated(before, found))
    face.say(summary(search, score=found.score, bound=found.bound, steps=found.steps))
    if html is not None:
        face.say(f"written: {html}")
    face.say(f"nothing has changed yet; next: convener dates accept {scope}")


@app.command()
@speaking()
def together(  # noqa: PLR0913 - an argument for each option
    face: Face,
    scopes: Scopes,
    *,
    pattern: Pattern = None,
    replan: Replan = False,
    seed: Seed = 1,
    steps: Steps = None,
    seconds: Seconds = None,
) -> None:
    """Plan the dates of several programmes of one client at once, so that coaches they share suit all of them.

    Each gets its own proposal, to be accepted on its own. Planned one after the other, the first takes what it likes.
    """
    source = Source(pattern=pattern)
    names = f"dates of {' and '.join(scopes)}"
    with opened(face, scopes[0]) as workspace:
        with searching(face, names, Budget(seed=seed, steps=steps, seconds=seconds)) as search:
            found = dates.propose_together(workspace, scopes, source, replan=replan, effort=search.effort)
        registers = [dates.show(workspace, scope)[1] for scope in scopes]
    if face.json:
        face.data({"proposals": [dates_view.shape(plan, [*plan.notices, *words]) for plan, words in found]})
        return
    for (plan, words), register in zip(found, registers, strict=True):
        dates_view.print_proposal(face, plan, register, words)
    plans = [plan for plan, _ in found]
    score, gap = sum(plan.score for plan in plans), plans[0].score - plans[0].bound  # the gap is that of all of them
    face.say(summary(search, score=score, bound=score - gap, steps=plans[0].steps))
    for scope in scopes:
        face.say(f"nothing has changed yet; next: convener dates accept {scope}")


@app.command()
@speaking()
def show(face: Face, scope: Scope, *, html: Page = None) -> None:
    """Show the last proposal, pod by pod."""
    with opened(face, scope) as workspace:
        proposal, register = dates.show(workspace, scope)
        if html is not None:
            dates.write_picture(workspace, html, scope, proposal)
    dates_view.print_proposal(face, proposal, register)
    print_quality(face, proposal)
    if html is not None:
        face.say(f"written: {html}")


@app.command()
@speaking()
def why(face: Face, scope: SessionScope, *, answers: Answers = None, pattern: Pattern = None) -> None:
    """Say why a session is when it is: who cannot come, and what other slots would cost."""
    with opened(face, scope) as workspace:
        found = dates.why(workspace, scope, Source(answers=answers, pattern=pattern))
    if face.json:
        face.data(dates_view.others_shape(found))
        return
    dates_view.print_others(face, found)


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
