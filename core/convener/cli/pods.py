"""`convener pods`."""

from typing import Annotated

import typer

from convener.cli.face import Face
from convener.cli.opening import opened
from convener.cli.options import PodScope, Scope, Seconds, Seed, Who, command_app, speaking
from convener.cli.shapes import address, rule_shape, violation_shape
from convener.cli.tables import show_table, working
from convener.model import PodProposal, Register, RuleOutcome
from convener.operations import pods

app = command_app("Propose, look at and accept pods.")


@app.command()
@speaking()
def propose(face: Face, scope: Scope, *, seed: Seed = 1, seconds: Seconds = 10) -> None:
    """Plan pods and coaches by the rules; nothing is final until accepted."""
    with opened(face, scope) as workspace:
        with working(face, f"planning the pods of {scope}"):
            pods.propose(workspace, scope, seed=seed, seconds=seconds)
        proposal, register = pods.show(workspace, scope)
    print_proposal(face, proposal, register)
    face.say(f"nothing has changed yet; next: convener pods accept {scope}")


@app.command()
@speaking()
def show(face: Face, scope: Scope) -> None:
    """Show the last proposal, with the reasons for each place."""
    with opened(face, scope) as workspace:
        proposal, register = pods.show(workspace, scope)
    print_proposal(face, proposal, register)


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
        proposal, violations = pods.swap(workspace, scope, first, second, dry_run=face.dry_run)
        _, register = pods.show(workspace, scope)
    if face.json:
        face.data(shape(proposal, register) | {"violations": [violation_shape(v) for v in violations]})
        return
    print_proposal(face, proposal, register)
    for violation in violations:
        face.say(f"warning: {violation.rule}: {violation.text}")


def print_proposal(face: Face, proposal: PodProposal, register: Register) -> None:
    """Print *proposal* as JSON, or as one table of pods and one of rules."""
    if face.json:
        face.data(shape(proposal, register))
        return
    for pod in proposal.pods:
        people = [register.people[seat.person] for seat in pod.seats]
        rows = zip(people, pod.seats, strict=True)
        title = f"{pod.id} · {len(pod.seats)} people · coach {pod.coach or 'not yet'}{' · frozen' * pod.frozen}"
        show_table(face, title, ("name", "address", "why"), ((p.name, p.email, "\n".join(s.why)) for p, s in rows))
    print_rules(face, proposal.rules, score=proposal.score, bound=proposal.bound)


def print_rules(face: Face, rules: tuple[RuleOutcome, ...], *, score: int, bound: int) -> None:
    """Print what each rule did, and how good the whole is."""
    columns = ("rule", "flexibility", "kept", "cost", "explanation")
    cells = ((r.id, r.flexibility, "yes" if r.satisfied else "no", r.cost, r.explanation) for r in rules)
    show_table(face, "Rules", columns, cells)
    quality = "no better one exists" if score == bound else f"none can be below {bound}"
    face.say(f"cost {score}, less is better; {quality}")


def shape(proposal: PodProposal, register: Register) -> dict[str, object]:
    """Return the JSON shape of *proposal*."""
    people = register.people
    return {
        "programme": proposal.programme,
        "score": proposal.score,
        "bound": proposal.bound,
        "pods": [
            {
                "id": pod.id,
                "coach": address(people, pod.coach),
                "coach_why": list(pod.coach_why),
                "frozen": pod.frozen,
                "members": [
                    {
                        "id": seat.person,
                        "email": people[seat.person].email,
                        "name": people[seat.person].name,
                        "why": list(seat.why),
                    }
                    for seat in pod.seats
                ],
            }
            for pod in proposal.pods
        ],
        "rules": [rule_shape(outcome) for outcome in proposal.rules],
    }
