"""`pods why`: the pods considered for one person, and what each would have cost (R7)."""

from convener.errors import UsageError
from convener.model import Instead, Person, Register
from convener.operations.people import find_person
from convener.operations.pods.standing import proposed, standing
from convener.operations.workspace import Workspace
from convener.planning import explain_seat


def why(workspace: Workspace, scope: str, who: str) -> tuple[Person, str, tuple[Instead, ...], Register]:
    """Return a person, the pod proposed for them, what might have been instead, the cheapest first, and the register.

    Raise UsageError when they have no seat in the proposal, or one in a frozen pod.
    """
    with workspace.store.begin() as tx:
        now = standing(tx, workspace, scope)
        proposal = proposed(tx, now)
    register = now.register
    person = find_person(register, who)
    pod = next((pod for pod in proposal.pods if any(seat.person == person.id for seat in pod.seats)), None)
    if pod is None:
        raise UsageError(f"{person.name} has no seat in the proposal", hint=f"run: convener pods show {scope}")
    if pod.frozen:
        cure = f"let go of it first: convener pods freeze {now.ruleset.client}/{pod.id} --release"
        raise UsageError(f"{person.name} stays in {pod.id}, which is frozen", hint=cure)
    others = explain_seat(now.ruleset, register, proposal, person.id, day=now.day, commitments=now.commitments)
    return person, pod.id, others, register
