"""Who sits where, by frame."""

from datetime import date
from typing import Any

import pytest

from convener.model import Coach
from convener.planning.effort import Effort
from convener.planning.pods.division import Division
from convener.planning.pods.local.improve import cost
from convener.planning.pods.question import pose
from convener.planning.pods.sizes import even_frames
from convener.planning.pods.solve import divide

DAY = date(2026, 12, 1)


@pytest.mark.parametrize("values", ["xxxyyyzzz", "xyxyxyxyx", "xxxxxxyyz"])
def test_a_division_seats_everyone_once_and_costs_no_less_than_its_bound(make: Any, values: str) -> None:
    """R6: members sorted, a coach or none for each pod, in the order of the frames; people in any order, the same."""
    rules = make.ruleset(
        make.rule("size", "pod-size", min=3, target=3, max=3),
        make.rule("mixed", "mix", flexible=True, weight=2, by=("team",)),
    )
    teams = dict(zip("abcdefghi", values, strict=True))
    coaches = [Coach(id="one@x", max_pods=2), Coach(id="two@x", max_pods=2)]
    forward, backward = (
        pose(rules, make.register({p: {"team": teams[p]} for p in order}, coaches=coaches), DAY)
        for order in ("abcdefghi", "ihgfedcba")
    )

    found = divide(forward, Effort())

    assert isinstance(found, Division)
    assert list("abcdefghi") == sorted(person for members in found.members for person in members)
    assert [tuple(sorted(members)) for members in found.members] == list(found.members)
    assert (3, {"one@x", "two@x"}) == (len(found.coaches), set(found.coaches))
    broken, price = cost(forward, even_frames(forward), found)
    assert (0, True) == (broken, 0 <= found.bound <= price)
    assert found == divide(backward, Effort())
