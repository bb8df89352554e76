"""Units by rule and pod, and what a change of two pods counts."""

from itertools import product
from typing import Any

import pytest

from convener.model import Coach
from convener.planning.pods.costs import Seated, units

PEOPLE = {f"p{at}": {"team": "xy"[at % 2], "grade": str(at)} for at in range(6)}
PODS = {"one": ["p0", "p1", "p2"], "two": ["p3", "p4", "p5"]}
PAIRS = (("p0@acme.example", "p1@acme.example"), ("p2@acme.example", "p4@acme.example"))


@pytest.fixture
def rules(rule: Any) -> list[Any]:
    """Give a rule of each kind that depends on who sits where."""
    return [
        rule("size", "pod-size", min=3, target=3, max=3),
        rule("teams", "mix", flexible=True, weight=3, by=("team",)),
        rule("same", "same", flexible=True, by=("team",)),
        rule("near", "similar", flexible=True, by=("grade",)),
        rule("rivals", "apart", flexible=True, pairs=PAIRS),
        rule("friends", "together", pairs=PAIRS),
        rule("hours", "timezone-overlap", flexible=True, min="4 hours"),
    ]


def test_units_are_those_of_the_formula(ledger: Any, rules: list[Any]) -> None:
    """R7: each rule counts over all pods what the formula counts, and is short where it says."""
    known = ledger(rules, PEOPLE, PODS, zones={"p1": "Asia/Tokyo"})

    assert {r.id: units(known.question, r, list(known.pods)) for r in rules} == {r.id: known.units(r) for r in rules}
    assert {"rivals": {0: 1 * 2}, "friends": {0: 1, 1: 1}, "hours": {0: 1}, "size": {}} == {
        r.id: known.short(r) for r in rules if r.id in {"rivals", "friends", "hours", "size"}
    }


def test_a_change_counts_what_counting_anew_would(ledger: Any, rules: list[Any]) -> None:
    """R7: for every swap the difference by rule is that of the whole formula before and after."""
    known = ledger(rules, PEOPLE, PODS, zones={"p1": "Asia/Tokyo"})
    for one, other in product(PODS["one"], PODS["two"]):
        swapped = [
            [other if p == one else p for p in PODS["one"]],
            [one if p == other else p for p in PODS["two"]],
        ]
        pods = [Seated("one", tuple(swapped[0]), None), Seated("two", tuple(swapped[1]), None)]
        anew = {r.id: units(known.question, r, pods) - known.units(r) for r in known.rules}

        assert {name: more for name, more in anew.items() if more} == known.changes(dict(enumerate(swapped)))


def test_overloaded_coaches_are_short_in_each_of_their_pods(ledger: Any, rule: Any) -> None:
    """R9: a coach with two pods and room for one."""
    load = rule("load", "coach-load", flexible=True, max_pods=1)
    known = ledger([load], PEOPLE, PODS, coaches=[Coach(id="ann@x")], coached={"one": "ann@x", "two": "ann@x"})

    assert (1, {0: 1, 1: 1}) == (known.units(load), known.short(load))
