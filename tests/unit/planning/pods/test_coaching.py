"""Coaches for pods whose members are settled."""

from datetime import date
from typing import Any

from convener.model import Coach, Commitment
from convener.planning.pods.coaching import allocate
from convener.planning.pods.question import pose

DAY = date(2026, 12, 1)
PODS = (("a",), ("b",), ("c",))
PEOPLE: dict[str, dict[str, str]] = {name: {} for name in "abc"}
"""People of whom nothing is said."""


def test_rules_come_before_wishes(make: Any) -> None:
    """R9: a coach with the papers far away beats one next door without them, however small the weight."""
    coaches = [Coach(id="far@x", accredited=frozenset({"icf"})), Coach(id="near@x")]
    people = make.register(PEOPLE, coaches=coaches, zones={"far@x": "Australia/Perth"})
    papers = make.rule("papers", "coach-accredited", accredited=("icf",), flexible=True)

    assert ("far@x",) * 3 == allocate(pose(make.ruleset(papers), people, DAY), PODS)
    assert ("near@x",) * 3 == allocate(pose(make.ruleset(), people, DAY), PODS)


def test_load_is_even_and_counts_what_coaches_carry(make: Any) -> None:
    """R9: of equals everyone gets a pod; who carries one elsewhere gets the fewest, and limits hold."""
    people = make.register(PEOPLE, coaches=[Coach(id="x@x"), Coach(id="y@x", max_pods=2)])
    load = make.rule("load", "coach-load", max_pods=2)
    elsewhere = [Commitment(coach="x@x", pods=1)]

    found = allocate(pose(make.ruleset(load), people, DAY, elsewhere), PODS)

    assert found is not None
    assert ["x@x", "y@x", "y@x"] == sorted(map(str, found))
    assert allocate(pose(make.ruleset(load), people, DAY, [*elsewhere, *elsewhere]), PODS) is None


def test_a_flexible_limit_is_charged_beyond_what_is_left(make: Any) -> None:
    """R9: a coach over a flexible limit takes no further pod while another has room."""
    people = make.register(PEOPLE, coaches=[Coach(id="x@x"), Coach(id="y@x")])
    load = make.rule("load", "coach-load", max_pods=3, flexible=True)

    assert ("y@x",) * 3 == allocate(pose(make.ruleset(load), people, DAY, [Commitment(coach="x@x", pods=5)]), PODS)


def test_working_hours_bind_coach_and_members(make: Any) -> None:
    """R9: a coach whose day does not meet the members' is no coach for them."""
    zones = {"a": "Australia/Perth", "far@x": "Australia/Perth"}
    people = make.register(PEOPLE, coaches=[Coach(id="far@x"), Coach(id="near@x")], zones=zones)
    hours = make.rule("hours", "timezone-overlap", min="3 hours")

    assert ("far@x", "near@x", "near@x") == allocate(pose(make.ruleset(hours), people, DAY), PODS)


def test_todays_coach_stays_unless_a_rule_is_the_worse(make: Any) -> None:
    """R8: far away and busy as they may be."""
    people = make.register(PEOPLE, coaches=[Coach(id="far@x"), Coach(id="near@x")], zones={"far@x": "Australia/Perth"})
    papers = make.rule("papers", "coach-accredited", accredited=("icf",), flexible=True)
    skilled = make.register(PEOPLE, coaches=[Coach(id="far@x"), Coach(id="near@x", accredited=frozenset({"icf"}))])

    keep = ("far@x",) * 3
    assert keep == allocate(pose(make.ruleset(), people, DAY), PODS, keep)
    assert ("near@x",) * 3 == allocate(pose(make.ruleset(papers), skilled, DAY), PODS, keep)


def test_without_coaches_pods_go_without(make: Any) -> None:
    """R9: nobody known is no coach; somebody known who did not answer is no allocation."""
    alone = make.register(PEOPLE)
    known = make.register(PEOPLE, coaches=[Coach(id="x@x")])

    assert (None, None, None) == allocate(pose(make.ruleset(), alone, DAY), PODS)
    assert allocate(pose(make.ruleset(), known, DAY, (), frozenset()), PODS) is None
