"""Why nobody can be divided as asked."""

from collections.abc import Callable
from datetime import date
from typing import Any

from convener.model import Coach, Conflict, PodProposal
from convener.planning import propose_pods

DAY = date(2026, 12, 1)
World = Callable[..., Any]


def test_a_region_of_the_wrong_size_is_named(ruleset: World, rule: World, register: World) -> None:
    """R7: three people of one region in pods of seven: both rules, those people, and a way out that works."""
    regions = {"north": 9, "middle": 9, "south": 3}
    people = {f"{region[0]}{at}": {"region": region} for region, count in regions.items() for at in range(count)}
    size, region = rule("size", "pod-size", min=7, target=8, max=9), rule("region", "same", by=("region",))

    found = propose_pods(ruleset(size, region), register(people), day=DAY)

    assert isinstance(found, Conflict)
    assert (("region", "size"), ("s0", "s1", "s2")) == (found.rules, found.people)
    assert "3 people of south cannot be divided into pods of 7 to 9" in found.explanation
    assert "let rule size have min = 3" in found.relaxations
    assert isinstance(
        propose_pods(ruleset(rule("size", "pod-size", min=3, target=8, max=9), region), register(people), day=DAY),
        PodProposal,
    )


def test_more_pods_than_coaches_can_carry(ruleset: World, rule: World, register: World) -> None:
    """R7: the limit on coaches and the sizes are named, with what the coaches can take."""
    people = register({f"p{at}": {} for at in range(12)}, coaches=[Coach(id="ann@x", max_pods=1), Coach(id="bo@x")])
    rules = ruleset(rule("size", "pod-size", min=3, target=3, max=3), rule("load", "coach-load", max_pods=2))

    found = propose_pods(rules, people, day=DAY)

    assert isinstance(found, Conflict)
    assert ("load", "size") == found.rules
    assert "Ann@X 1 and Bo@X 2" in found.explanation
    assert "let rule load have max_pods = 3" in found.relaxations


def test_no_coach_has_answered(ruleset: World, rule: World, register: World) -> None:
    """R9: with no answer from any coach there is nobody to allocate, and it says so."""
    people = register({"ana": {}, "ben": {}}, coaches=[Coach(id="ann@x")])

    found = propose_pods(
        ruleset(rule("quorum", "quorum", members=1, coach=True)), people, day=DAY, answered=frozenset()
    )

    assert isinstance(found, Conflict)
    assert ("quorum",) == found.rules
    assert "none of the coaches" in found.explanation


def test_two_conflicts_at_once_are_relaxed_together(ruleset: World, rule: World, register: World) -> None:
    """R7: where no single rule is to blame, the way out names several."""
    people = register({name: {"team": "x"} for name in ("ana", "ben", "cy", "dee")})
    rules = ruleset(
        rule("size", "pod-size", min=2, target=2, max=2),
        rule("mix", "mix", by=("team",)),
        rule("friends", "together", pairs=(("ana@acme.example", "ben@acme.example"),)),
        rule("rivals", "apart", pairs=(("ana@acme.example", "ben@acme.example"),)),
    )

    found = propose_pods(rules, people, day=DAY)

    assert isinstance(found, Conflict)
    assert found.rules
    assert found.relaxations[0].startswith("make rules ")
