"""Why somebody sits where they do."""

import pytest

from convener.errors import UsageError
from convener.operations import pods

SCOPE = "northern-health/primary-care"


def test_every_other_pod_is_considered(proposed) -> None:
    """For one person each other pod is told, with what it would cost or what forbids it (R7)."""
    proposal = pods.show(proposed.workspace, SCOPE).proposal
    someone = proposal.pods[0].seats[0].person
    person, pod, others, _ = pods.why(proposed.workspace, SCOPE, someone)

    assert (someone, proposal.pods[0].id) == (person.id, pod)
    assert {each.id for each in proposal.pods[1:]} == {other.what for other in others}
    assert all("one-region" in " ".join(other.rules) for other in others if other.cost is None)


def test_who_has_no_seat_has_no_reasons(proposed) -> None:
    """A coach is known, and sits nowhere."""
    coach = pods.show(proposed.workspace, SCOPE).proposal.pods[0].coach
    with pytest.raises(UsageError, match="no seat"):
        pods.why(proposed.workspace, SCOPE, coach)


def test_a_frozen_pod_is_not_weighed(accepted) -> None:
    """Somebody in it is named, and how to let go of the pod (R8)."""
    pods.freeze(accepted.workspace, f"{SCOPE}/durham")
    proposal = pods.propose(accepted.workspace, SCOPE)
    durham = next(pod for pod in proposal.pods if pod.frozen)
    with pytest.raises(UsageError, match="stays in primary-care/durham") as caught:
        pods.why(accepted.workspace, SCOPE, durham.seats[0].person)

    assert f"convener pods freeze {SCOPE}/durham --release" in caught.value.hint
