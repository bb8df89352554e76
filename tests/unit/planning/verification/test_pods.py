"""The independent check of proposed pods."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from convener.model import Coach, Commitment, PodProposal, ProposedPod, Seat
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


def faults(make: Any, people: Any, pods: Any, *rules: Any, coach: str = "", **world: Any) -> list[tuple[str, bool]]:
    """Return the rules that *pods* of *people* break, and whether inflexibly."""
    register = make.register(people, **world)
    formed = tuple(
        ProposedPod(
            id=f"lead/{name}", name=name, coach=coach or None, seats=tuple(Seat(person=p, why=()) for p in members)
        )
        for name, members in pods.items()
    )
    proposal = PodProposal(programme="lead", seed=1, score=0, bound=0, pods=formed, rules=())
    return [(each.rule, each.inflexible) for each in verify_pods(make.ruleset(*rules), register, proposal, day=DAY)]


@pytest.mark.parametrize("flexible", [False, True])
@pytest.mark.parametrize(
    ("kind", "terms", "found"),
    [
        ("pod-size", {"min": 3, "target": 3, "max": 3}, 2),
        ("same", {"by": ("team",)}, 1),
        ("mix", {"by": ("site",)}, 1),
        ("similar", {"by": ("team",)}, 1),
        ("apart", {"pairs": (("ana@acme.example", "BEN@acme.example"),)}, 1),
        ("apart", {"who": "manager-and-report"}, 1),
        ("together", {"pairs": (("ana@acme.example", "CY@acme.example"),)}, 1),
        ("timezone-overlap", {"min": "3 hours"}, 1),
        ("coach-load", {"max_pods": 1}, 1),
        ("coach-accredited", {"accredited": ("icf",)}, 2),
    ],
)
def test_every_kind_is_counted(make: Any, kind: str, terms: Any, found: int, *, flexible: bool) -> None:
    """R6: a breach of each kind is found, and told apart by flexibility."""
    people = {
        "ana": {"team": "x", "site": "n", "manager": "ben@acme.example"},
        "ben": {"team": "y", "site": "n"},
        "cy": {},
        "dee": {},
    }
    rule = make.rule("asked", kind, flexible=flexible, **terms)
    coaches = [Coach(id="far@x"), Coach(id="near@x")]

    seen = faults(
        make,
        people,
        {"one": ["ana", "ben"], "two": ["cy", "dee"]},
        rule,
        coach="near@x",
        coaches=coaches,
        zones={"ana": "Australia/Perth", "ben": "Australia/Perth"},
    )

    assert [("asked", not flexible)] * found == seen


def test_a_missing_value_is_only_wrong_where_it_must_be_the_same(make: Any) -> None:
    """R6: unknown never shares and never differs; an inflexible `same` cannot know that it holds."""
    people = {"ana": {"team": "x"}, "ben": {}, "cy": {"team": " "}}
    rules = [make.rule(kind, kind, by=("team",)) for kind in ("same", "mix", "similar")]
    soft = [make.rule(kind, kind, by=("team",), flexible=True) for kind in ("same", "mix", "similar")]

    assert [("same", True)] == faults(make, people, {"one": list(people)}, *rules)
    assert [] == faults(make, people, {"one": list(people)}, *soft)


def test_a_zone_that_does_not_exist_is_told(make: Any) -> None:
    """Bad input: a swap by hand meets a clear fault, not a traceback."""
    hours = make.rule("hours", "timezone-overlap", min="3 hours")

    assert [("seats", True)] == faults(make, {"ana": {}}, {"one": ["ana"]}, hours, zones={"ana": "Mars/Phobos"})
