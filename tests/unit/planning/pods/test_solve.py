"""Finding who sits with whom."""

from datetime import date
from typing import Any

from convener.model import Coach
from convener.planning.effort import Effort
from convener.planning.pods.division import Division
from convener.planning.pods.question import pose
from convener.planning.pods.solve import divide

DAY = date(2026, 12, 1)


def test_uneven_sizes_are_found_when_even_ones_fail(make: Any) -> None:
    """R6: three who stay together and one with another: pods of three and two, though two pairs and one were even."""
    people = make.register({name: {} for name in "abcde"})
    pairs = tuple((f"{one}@acme.example", f"{other}@acme.example") for one, other in ("ab", "bc", "cd"))
    rules = make.ruleset(
        make.rule("size", "pod-size", min=1, target=3, max=4), make.rule("friends", "together", pairs=pairs)
    )

    found = divide(pose(rules, people, DAY), Effort())

    assert isinstance(found, Division)
    assert (("a", "b", "c", "d"), ("e",)) == found.members


def test_fewer_pods_when_coaches_are_few(make: Any) -> None:
    """R9: coaches who can carry two pods get two, though three were nearer to the target."""
    people = make.register({name: {} for name in "abcdef"}, coaches=[Coach(id="x@x", max_pods=2)])
    rules = make.ruleset(
        make.rule("size", "pod-size", min=2, target=2, max=3), make.rule("load", "coach-load", max_pods=9)
    )

    found = divide(pose(rules, people, DAY), Effort())

    assert isinstance(found, Division)
    assert ([3, 3], ("x@x", "x@x")) == ([len(members) for members in found.members], found.coaches)


def test_nobody_to_seat_is_no_pods(make: Any) -> None:
    """Bad input: an empty programme has an empty answer."""
    assert Division((), (), 0) == divide(pose(make.ruleset(), make.register({}), DAY), Effort())
