"""The independent check of proposed pods."""

from dataclasses import replace
from datetime import date
from typing import Any

from convener.model import Commitment, PodProposal, Seat
from convener.planning import verify_pods

DAY = date(2026, 12, 1)


def broken(planned: Any, proposal: PodProposal, **world: Any) -> set[str]:
    """Return the inflexible rules that *proposal* breaks."""
    found = verify_pods(planned.ruleset, planned.before, proposal, day=DAY, **world)
    return {violation.rule for violation in found if violation.inflexible}


def swapped(proposal: PodProposal, one: int, other: int) -> PodProposal:
    """Return *proposal* with the first members of two pods swapped."""
    pods = list(proposal.pods)
    first, second = pods[one], pods[other]
    pods[one] = replace(first, seats=(second.seats[0], *first.seats[1:]))
    pods[other] = replace(second, seats=(first.seats[0], *second.seats[1:]))
    return replace(proposal, pods=tuple(pods))


def test_what_is_proposed_passes(planned_northern: Any, planned_brightwater: Any) -> None:
    """R6: both examples pass, and flexible breaches are told apart."""
    assert set() == broken(planned_northern, planned_northern.pods)
    assert set() == broken(planned_brightwater, planned_brightwater.pods)
    assert {"mixed-departments", "mixed-types"} == {
        violation.rule
        for violation in verify_pods(planned_northern.ruleset, planned_northern.before, planned_northern.pods, day=DAY)
    }


def test_a_swap_across_regions_is_caught(planned_northern: Any) -> None:
    """R8: a swap by hand is checked by the same rules."""
    assert {"one-region"} == broken(planned_northern, swapped(planned_northern.pods, 0, 1))


def test_missing_doubled_and_strange_people_are_caught(planned_northern: Any) -> None:
    """R6: everyone sits once, and nobody else does."""
    first, *rest = planned_northern.pods.pods
    fewer = replace(first, seats=first.seats[1:])
    more = replace(first, seats=(*first.seats, rest[0].seats[0]))
    strange = replace(first, seats=(Seat(person="gillian.reid@coaches.example", why=()), *first.seats[1:]))

    assert "seats" in broken(planned_northern, replace(planned_northern.pods, pods=(fewer, *rest)))
    assert "seats" in broken(planned_northern, replace(planned_northern.pods, pods=(more, *rest)))
    assert "seats" in broken(planned_northern, replace(planned_northern.pods, pods=(strange, *rest)))


def test_pairs_sizes_and_coaches_are_checked(planned_brightwater: Any) -> None:
    """R6: forbidden pairs, sizes, coaches' load here and elsewhere, and who may coach at all."""
    proposal = planned_brightwater.pods
    first, *rest = proposal.pods
    merged = replace(first, seats=tuple(seat for pod in proposal.pods for seat in pod.seats))
    outsider = replace(first, coach="helen.cho@coaches.example")
    full = [Commitment(coach=str(first.coach), pods=6)]

    assert {"pod-size", "keep-apart", "not-with-own-manager"} == broken(
        planned_brightwater, replace(proposal, pods=(merged,))
    )
    assert {"seats", "hours-overlap"} == broken(planned_brightwater, replace(proposal, pods=(outsider, *rest)))
    assert {"coach-load"} == broken(planned_brightwater, proposal, commitments=full)
