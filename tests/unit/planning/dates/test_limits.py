"""What pods cannot do at once."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from convener.model import Coach
from convener.planning.dates.layout import Layout, lay_out
from convener.planning.dates.posing import pose

EARLIEST = datetime(2027, 1, 1, tzinfo=UTC)
DAYS = [date(2027, 2, 1), date(2027, 2, 8)]


def two_pods(make: Any, *rules: Any, pods: dict[str, list[str]], coach: str = "coach@x") -> Layout:
    """Lay out pods over two days, each with three slots of which the first two overlap."""
    known = make.pods(make.register({"ana": {}, "ben": {}}, coaches=[Coach(id="coach@x")]), pods, coach)
    parts = [make.availability(DAYS, {"ana": "yy", "ben": "yy", "coach@x": "yy"}, hour=hour) for hour in (9, 10, 14)]
    whole = replace(
        parts[0],
        slots=tuple(slot for part in parts for slot in part.slots),
        answers={who: given * 3 for who, given in parts[0].answers.items()},
    )
    return lay_out([pose(make.ruleset(*rules), known, whole, EARLIEST)])


def test_a_coach_has_one_session_at_a_time_and_so_many_a_day(make: Any) -> None:
    """R9: overlapping slots, and the days, of a coach with two pods."""
    load = make.rule("load", "coach-load", max_sessions_per_day=1)
    limits = two_pods(make, load, pods={"one": ["ana"], "two": ["ben"]}).sharing.limits

    assert {"coach@x"} == {limit.resource for limit in limits}
    assert {(0,), (0, 1), (2,), (3,), (3, 4), (5,), (0, 1, 2), (3, 4, 5)} == {tuple(sorted(x.slots)) for x in limits}


def test_people_of_two_pods_are_limited_and_others_are_not(make: Any) -> None:
    """R10: one person in two pods binds them; pods that share nobody are free."""
    shared = two_pods(make, pods={"one": ["ana"], "two": ["ana", "ben"]}, coach="").sharing
    free = two_pods(make, pods={"one": ["ana"], "two": ["ben"]}, coach="").sharing

    assert {"ana"} == {limit.resource for limit in shared.limits}
    assert () == free.limits


def test_what_others_take_is_blocked(make: Any) -> None:
    """R10: beside another pod's session at ten, the slots at nine and ten of that day are gone."""
    sharing = two_pods(make, pods={"one": ["ana"], "two": ["ben"]}).sharing

    assert [frozenset({2, 5}), frozenset({0, 1, 3, 4})] == sharing.blocked([(1, 4), (2, 5)])
