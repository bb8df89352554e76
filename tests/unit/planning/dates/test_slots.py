"""The slots on every clock and in every calendar."""

from datetime import UTC, date, datetime
from typing import Any

from convener.planning.dates.posing import pose
from convener.planning.dates.slots import Grid, clock
from convener.rulesets.kinds import SessionWindow


def test_a_clock_reads_dates_hours_and_forms() -> None:
    """R10: the second Tuesday of March at ten in London is one on Wednesday in Auckland."""
    span = (datetime(2027, 3, 9, 10, tzinfo=UTC), datetime(2027, 3, 9, 12, tzinfo=UTC))
    london, auckland = clock([span], "Europe/London"), clock([span], "Pacific/Auckland")

    assert [[1], [1], [36_000]] == london.form.tolist()
    assert [date(2027, 3, 9), date(2027, 3, 9)] == [
        date.fromordinal(int(each[0])) for each in (london.day, london.last)
    ]
    assert [[1], [1], [82_800]] == auckland.form.tolist()
    assert auckland.last[0] == auckland.day[0] + 1
    assert (3, 0) == clock([], "UTC").form.shape


def test_each_zone_is_judged_once(make: Any) -> None:
    """R10: what a window says of the slots in one zone is kept for all who live there."""
    question = pose(
        make.ruleset(),
        make.pods(make.register({"ana": {}}), {"one": ["ana"]}),
        make.availability([date(2027, 2, 6), date(2027, 2, 8)], {}, hour=9),
        datetime(2027, 1, 1, tzinfo=UTC),
    )
    grid = Grid(question)

    assert [True, False] == grid.outside(SessionWindow(), "Europe/London").tolist()
    assert [True, True] == grid.outside(SessionWindow(), "America/New_York").tolist()
    assert grid.outside(SessionWindow(), "Europe/London") is grid.outside(SessionWindow(), "Europe/London")
