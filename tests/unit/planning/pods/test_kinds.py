"""Each kind of pod rule, as the solver keeps it."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest

from convener.model import Coach, PodProposal
from convener.planning import propose_pods

DAY = date(2026, 12, 1)
PAIRS = {"min": 2, "target": 2, "max": 2}


@pytest.fixture
def seated(ruleset: Callable[..., Any], rule: Callable[..., Any], register: Callable[..., Any]) -> Callable[..., Any]:
    """Give a function that seats people in pairs by further rules."""

    def seat(people: Mapping[str, Mapping[str, str]], *rules: Any, **world: Any) -> PodProposal:
        found = propose_pods(ruleset(rule("size", "pod-size", **PAIRS), *rules), register(people, **world), day=DAY)
        assert isinstance(found, PodProposal), found
        return found

    return seat


def pods(found: PodProposal) -> list[str]:
    """Return the members of each pod in one word."""
    return [" ".join(seat.person for seat in pod.seats) for pod in found.pods]


@pytest.mark.parametrize("flexible", [False, True])
@pytest.mark.parametrize(
    ("kind", "expected"),
    [("mix", {"ana", "ben"}), ("same", {"ana", "cy"}), ("similar", {"ana", "cy"})],
)
def test_columns_decide(
    seated: Callable[..., Any], rule: Callable[..., Any], kind: str, expected: set[str], flexible: bool
) -> None:
    """R6: mix keeps equal values apart, same and similar bring them together, as a must or as a wish."""
    people = {"ana": {"team": "x"}, "ben": {"team": "y"}, "cy": {"team": "x"}, "dee": {"team": "y"}}

    found = seated(people, rule("teams", kind, by=("team",), flexible=flexible))
    with_ana = next(set(pod.split()) for pod in pods(found) if "ana" in pod)
    outcome = next(outcome for outcome in found.rules if outcome.id == "teams")

    assert kind != "mix" or with_ana in ({"ana", "ben"}, {"ana", "dee"})
    assert kind == "mix" or expected == with_ana
    assert (True, 0) == (outcome.satisfied, outcome.cost)


def test_similar_counts_the_distance_in_sorted_order(seated: Callable[..., Any], rule: Callable[..., Any]) -> None:
    """R6: grades pair with their neighbours; the cost is the steps times the weight."""
    people = {name: {"grade": grade} for name, grade in zip("abcd", ("8a", "9", "8b", "10"), strict=True)}

    found = seated(people, rule("peers", "similar", by=("grade",), flexible=True, weight=2))

    assert ["a c", "b d"] == pods(found)
    assert (4, 4) == (found.score, found.bound)


def test_pairs_are_kept_and_parted(seated: Callable[..., Any], rule: Callable[..., Any]) -> None:
    """R6: together and apart by address."""
    people: dict[str, dict[str, str]] = {name: {} for name in ("ana", "ben", "cy", "dee")}
    friends = rule("friends", "together", pairs=(("ana@acme.example", "DEE@acme.example"),))

    assert ["ana dee", "ben cy"] == pods(seated(people, friends))


def test_managers_never_sit_with_their_reports(seated: Callable[..., Any], rule: Callable[..., Any]) -> None:
    """R6: derived from the manager relation, both by address and by id."""
    boss = {"manager": "ana@acme.example"}
    people = {"ana": {}, "ben": boss, "cy": boss, "dee": {}}

    assert ["ana dee", "ben cy"] == pods(seated(people, rule("boss", "apart", who="manager-and-report")))


def test_working_hours_decide(seated: Callable[..., Any], rule: Callable[..., Any]) -> None:
    """R6: people whose days hardly meet do not sit together, nor with a coach far away."""
    zones = {"ana": "Australia/Perth", "cy": "Australia/Perth", "far@x": "Australia/Melbourne"}
    people: dict[str, dict[str, str]] = {name: {} for name in ("ana", "ben", "cy", "dee")}
    coaches = [Coach(id="far@x"), Coach(id="near@x")]

    found = seated(people, rule("hours", "timezone-overlap", min="3 hours"), coaches=coaches, zones=zones)

    assert [("ana cy", "far@x"), ("ben dee", "near@x")] == [
        (members, pod.coach) for members, pod in zip(pods(found), found.pods, strict=True)
    ]


def test_coaches_have_limits_and_papers(seated: Callable[..., Any], rule: Callable[..., Any]) -> None:
    """R9: own limit, the rule's limit and the accreditation asked for."""
    people: dict[str, dict[str, str]] = {name: {} for name in "abcdef"}
    papers = frozenset({"icf"})
    coaches = [
        Coach(id="a@x", max_pods=1, accredited=papers, years=5),
        Coach(id="b@x", accredited=papers, years=9),
        Coach(id="c@x", years=20),
        Coach(id="d@x", accredited=papers, years=1),
    ]

    found = seated(
        people,
        rule("load", "coach-load", max_pods=2),
        rule("papers", "coach-accredited", accredited=("icf",), min_years=3),
        coaches=coaches,
    )

    assert ["a@x", "b@x", "b@x"] == sorted(pod.coach or "" for pod in found.pods)


def test_flexible_sizes_give_way(
    ruleset: Callable[..., Any], rule: Callable[..., Any], register: Callable[..., Any]
) -> None:
    """R6: too few people for a flexible size still get a pod, at a cost."""
    size = rule("size", "pod-size", min=5, target=6, max=7, flexible=True, weight=3)

    found = propose_pods(ruleset(size), register({name: {} for name in "abc"}), day=DAY)

    assert isinstance(found, PodProposal)
    assert (["a b c"], 6, 6) == (pods(found), found.score, found.bound)
