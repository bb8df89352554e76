"""`convener pods`."""

from typing import Annotated

import typer

from convener.cli import pods_view
from convener.cli.face import Face
from convener.cli.opening import opened
from convener.cli.options import Page, PodScope, Scope, Seconds, Seed, Steps, Who, command_app, speaking
from convener.cli.plans import print_quality
from convener.cli.searching import searching, summary
from convener.errors import UsageError
from convener.operations import pods
from convener.operations.effort import Budget
from convener.operations.pages import refuse_ending

app = command_app("Propose, look at, compare and accept pods.")
PodName = Annotated[str, typer.Argument(metavar="POD", help="Id or name of a pod in the proposal.")]
Reasons = Annotated[bool, typer.Option("--why", help="With the reasons for each place.")]
Reform = Annotated[bool, typer.Option("--reform", help="Mend the pods of today by few moves, each worth it.")]
Moves = Annotated[int | None, typer.Option(min=0, help="With --reform: people who may move, at most.")]


@app.command()
@speaking()
def propose(  # noqa: PLR0913 - an argument for each option
    face: Face,
    scope: Scope,
    *,
    reform: Reform = False,
    moves: Moves = None,
    seed: Seed = 1,
    steps: Steps = None,
    seconds: Seconds = None,
    html: Page = None,
) -> None:
    """Plan pods and coaches by the rules; nothing is final until accepted.

    The same seed gives the same pods on any machine, unless --seconds or Ctrl-C ends the search: then the best so far
    is kept. A second time, it is told what has changed.
    """
    if moves is not None and not reform:
        raise UsageError("--moves belongs to --reform", hint="add --reform")
    if html is not None:
        refuse_ending(html)
    with opened(face, scope) as workspace:
        before = pods.previous(workspace, scope)
        with searching(face, f"pods of {scope}", Budget(seed=seed, steps=steps, seconds=seconds)) as search:
            found = pods.propose(workspace, scope, effort=search.effort, reform=reform, moves=moves)
        shown = pods.show(workspace, scope)
        if html is not None:
            pods.write_picture(workspace, html, scope, shown)
    pods_view.print_proposal(face, shown)
    if before is not None and not face.json:
        changed = pods.between(before if reform else pods.relabelled(before, found), found)
        pods_view.print_difference(face, changed, shown.register, title="Compared with before")
    face.say(summary(search, score=found.score, bound=found.bound, steps=found.steps))
    if html is not None:
        face.say(f"written: {html}")
    face.say(f"nothing has changed yet; next: convener pods accept {scope}")


@app.command()
@speaking()
def show(face: Face, scope: Scope, *, why: Reasons = False, html: Page = None) -> None:
    """Show the last proposal."""
    with opened(face, scope) as workspace:
        shown = pods.show(workspace, scope)
        if html is not None:
            pods.write_picture(workspace, html, scope, shown)
    pods_view.print_proposal(face, shown, why=why)
    print_quality(face, shown.proposal)
    if html is not None:
        face.say(f"written: {html}")


@app.command()
@speaking()
def diff(face: Face, scope: Scope) -> None:
    """Say what accepting the last proposal would change: who moves, joins and leaves, coaches, costs."""
    with opened(face, scope) as workspace:
        found, register = pods.diff(workspace, scope)
    if face.json:
        face.data(pods_view.difference_shape(found, register))
        return
    pods_view.print_difference(face, found, register, title="Compared with the pods of today")


@app.command()
@speaking()
def why(face: Face, scope: Scope, who: Who) -> None:
    """Say which other pods were considered for somebody, and what each would cost."""
    with opened(face, scope) as workspace:
        person, pod, others, register = pods.why(workspace, scope, who)
    if face.json:
        face.data(pods_view.others_shape(person, pod, others, register.people))
        return
    pods_view.print_others(face, person, pod, others, register.people)


@app.command()
@speaking("dry_run")
def accept(face: Face, scope: Scope) -> None:
    """Make the last proposal true."""
    with opened(face, scope) as workspace:
        register = pods.accept(workspace, scope, dry_run=face.dry_run)
    if face.json:
        face.data({"programme": register.programme, "pods": sorted(register.pods)})
    if face.dry_run:
        face.say(f"{len(register.pods)} pods would be accepted; nothing has changed")
        return
    face.say(f"{len(register.pods)} pods accepted; next: convener dates propose {scope}")


@app.command()
@speaking("dry_run")
def freeze(
    face: Face,
    scope: PodScope,
    *,
    release: Annotated[bool, typer.Option("--release", help="Let go of it again.")] = False,
) -> None:
    """Keep the members of one pod when pods are proposed again."""
    with opened(face, scope) as workspace:
        register = pods.freeze(workspace, scope, frozen=not release, dry_run=face.dry_run)
    if face.json:
        face.data({"pods": [{"id": pod.id, "frozen": pod.frozen} for pod in register.pods.values()]})
    verb = "would be" if face.dry_run else "is"
    face.say(f"{scope} {verb} {'no longer ' if release else ''}frozen")


@app.command()
@speaking("dry_run")
def swap(face: Face, scope: Scope, first: Who, second: Who) -> None:
    """Exchange two people in the last proposal; refused when an inflexible rule stands against it."""
    with opened(face, scope) as workspace:
        found = pods.swap(workspace, scope, first, second, dry_run=face.dry_run)
    pods_view.print_by_hand(face, found)


@app.command()
@speaking("dry_run")
def move(face: Face, scope: Scope, who: Who, pod: PodName) -> None:
    """Move somebody to another pod of the last proposal; refused when an inflexible rule stands against it."""
    with opened(face, scope) as workspace:
        found = pods.move(workspace, scope, who, pod, dry_run=face.dry_run)
    pods_view.print_by_hand(face, found)
