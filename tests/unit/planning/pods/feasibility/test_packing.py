"""Divisions built greedily."""

from itertools import combinations
from typing import Any

from convener.model import Coach
from convener.planning.effort import Effort
from convener.planning.pods.costs import units
from convener.planning.pods.feasibility.crowd import Crowd
from convener.planning.pods.feasibility.packing import pack


def broken(known: Crowd) -> list[str]:
    """Return the rules that the packed division breaks, `nothing` when there is no division."""
    pods = pack(known, Effort())
    rules = known.question.ruleset.rules.values()
    return ["nothing"] if pods is None else [rule.id for rule in rules if units(known.question, rule, pods)]


def test_a_packed_division_keeps_every_rule(crowd: Any, rule: Any, pairs: Any) -> None:
    """R7: sizes, regions, ties, rivals, mixed teams and coaches' hours at once."""
    people = {f"p{at:02}": {"region": "ns"[at % 2], "team": str(at // 8)} for at in range(48)}
    zones = {**dict.fromkeys(list(people)[1::2], "Asia/Tokyo"), "ann@x": "Asia/Tokyo"}
    rules = [
        rule("size", "pod-size", min=4, target=5, max=6),
        rule("region", "same", by=("region",)),
        rule("teams", "mix", by=("team",)),
        rule("friends", "together", pairs=pairs("p00-p08", "p08-p16", "p01-p09")),
        rule("rivals", "apart", pairs=pairs("p00-p24", "p02-p10", "p03-p11")),
        rule("hours", "timezone-overlap", min="4 hours"),
        rule("load", "coach-load", max_pods=6),
    ]
    known = crowd(rules, people, zones=zones, coaches=[Coach(id="ann@x"), Coach(id="bo@x")])

    assert [] == broken(known)


def test_people_tied_to_each_other_get_a_pod_of_their_size(crowd: Any, rule: Any, pairs: Any) -> None:
    """R7: four tied people among seven in pods of three or four."""
    rules = [
        rule("size", "pod-size", min=3, target=3, max=4),
        rule("friends", "together", pairs=pairs("a-b", "b-c", "c-d")),
    ]

    assert [] == broken(crowd(rules, {name: {} for name in "abcdefg"}))


def test_mutual_rivals_spread_without_a_rule_on_sizes(crowd: Any, rule: Any, pairs: Any) -> None:
    """R7: where pods may have any size there are as many as rivals need."""
    all_apart = pairs(*(f"{one}-{other}" for one, other in combinations("abcde", 2)))

    assert [] == broken(crowd([rule("rivals", "apart", pairs=all_apart)], {name: {} for name in "abcdef"}))


def test_what_cannot_be_packed_is_not(crowd: Any, rule: Any, pairs: Any) -> None:
    """R7: three pairs do not fill pods of three."""
    rules = [
        rule("size", "pod-size", min=3, target=3, max=3),
        rule("friends", "together", pairs=pairs("a-b", "c-d", "e-f")),
    ]

    assert ["nothing"] == broken(crowd(rules, {name: {} for name in "abcdef"}))
