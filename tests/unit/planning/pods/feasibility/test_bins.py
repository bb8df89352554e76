"""Pods being filled."""

from typing import Any

from convener.model import Coach
from convener.planning.pods.feasibility.bins import Bin, coached, item_of


def test_a_pod_takes_who_fits_and_forgets_who_left(crowd: Any, rule: Any, pairs: Any) -> None:
    """R7: rivals, shared and different values each keep people out, until those they clash with have left."""
    rules = [
        rule("rivals", "apart", pairs=pairs("a-b")),
        rule("region", "same", by=("region",)),
        rule("teams", "mix", by=("team",)),
    ]
    people = {
        "a": {"region": "n", "team": "red"},
        "b": {"region": "n", "team": "blue"},
        "c": {"region": "s", "team": "green"},
        "d": {"region": "n", "team": "red"},
        "e": {"region": "n", "team": "white"},
    }
    known = crowd(rules, people)
    items = {name: item_of(known, (name,)) for name in people}
    pod = Bin(2)
    pod.put(items["a"])

    assert "e" == "".join(name for name in "bcde" if pod.takes(known, items[name]))
    assert "bcd" == "".join(name for name in "bcde" if items["a"].clashes(known, items[name]))
    pod.put(items["e"])
    assert not pod.takes(known, items["b"])
    left = pod.without([items["a"]])
    assert (["e"], 1) == (left.people, left.room)
    assert left.takes(known, items["b"])


def test_tied_people_are_one_with_all_their_marks(crowd: Any, rule: Any, pairs: Any) -> None:
    """R7: two who stay together bring their values, their rivals and their number."""
    rules = [rule("teams", "mix", by=("team",)), rule("rivals", "apart", pairs=pairs("a-c"))]
    known = crowd(rules, {"a": {"team": "red"}, "b": {"team": "blue"}, "c": {"team": "green"}, "d": {"team": "blue"}})
    both = item_of(known, ("a", "b"))

    assert all(both.clashes(known, item_of(known, (name,))) for name in "cd")
    assert not Bin(1).takes(known, both)


def test_zones_without_a_coach_fit_nowhere(crowd: Any, rule: Any) -> None:
    """R9: a coach in Tokyo fits people there, and not those in New York."""
    known = crowd(
        [rule("hours", "timezone-overlap", min="4 hours"), rule("load", "coach-load", max_pods=2)],
        {"a": {}, "b": {}},
        zones={"a": "Asia/Tokyo", "b": "America/New_York", "ann@x": "Asia/Tokyo"},
        coaches=[Coach(id="ann@x")],
    )

    assert coached(known, {"Asia/Tokyo"})
    assert not coached(known, {"America/New_York"})
