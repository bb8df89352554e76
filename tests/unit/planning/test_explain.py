"""Where somebody might sit instead."""

from datetime import date
from typing import Any

import pytest

from convener.errors import UsageError
from convener.model import PodProposal
from convener.planning import explain_seat, propose_pods

DAY = date(2026, 12, 1)


def test_every_other_pod_is_considered(planned_northern: Any) -> None:
    """R7: one way into each other pod; the regions forbid them all."""
    pods = planned_northern.pods
    person = pods.pods[0].seats[0].person
    found = explain_seat(planned_northern.ruleset, planned_northern.before, pods, person, day=DAY)

    assert {pod.id for pod in pods.pods[1:]} == {way.what for way in found}
    assert all(way.cost is None and any("rule one-region" in said for said in way.rules) for way in found)


def test_no_swap_betters_a_proved_best_proposal(make: Any) -> None:
    """R7: where the score meets its bound, every way costs something or nothing, the cheapest first."""
    register = make.register({f"p{at}": {"team": "xyz"[at % 3]} for at in range(9)})
    size = make.rule("size", "pod-size", min=3, target=3, max=3)
    ruleset = make.ruleset(size, make.rule("teams", "mix", flexible=True, by=("team",)))
    pods = propose_pods(ruleset, register, day=DAY)
    assert isinstance(pods, PodProposal)
    found = [explain_seat(ruleset, register, pods, person, day=DAY) for person in register.people]
    costs = [[way.cost for way in ways] for ways in found]

    assert 0 == pods.score
    assert [[0, 0]] * 9 == costs
    assert all("best swap not made" in seat.why[-1] for pod in pods.pods for seat in pod.seats)


def test_who_has_no_seat_cannot_be_explained(planned_northern: Any) -> None:
    """Bad input: a stranger is a clear message."""
    with pytest.raises(UsageError, match="has no seat"):
        explain_seat(planned_northern.ruleset, planned_northern.before, planned_northern.pods, "nobody", day=DAY)
