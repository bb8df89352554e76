"""Moments and names as people write them."""

from datetime import date, datetime

import pytest
from pydantic import TypeAdapter, ValidationError

from convener.operations.scenarios.fields import DayText, MomentText, Names, SessionName


@pytest.mark.parametrize(
    "written", ["2027-01-15 09:00", "Fri 2027-01-15 09:00", "2027-01-15T09:00", "fri 2027-01-15 09:00"]
)
def test_a_moment_is_a_date_and_a_time(written: str) -> None:
    """A day of the week before it is welcome, for those who read along."""
    assert datetime(2027, 1, 15, 9, 0) == TypeAdapter(MomentText).validate_python(written)  # noqa: DTZ001 - a wall clock


@pytest.mark.parametrize("written", ["Thu 2027-01-15 09:00", "2027-02-30 09:00", "2027-01-15", "tomorrow", 7])
def test_what_is_no_moment_is_refused(written: object) -> None:
    """The wrong day of the week is a mistake, and so is a day that there is not."""
    with pytest.raises(ValidationError):
        TypeAdapter(MomentText).validate_python(written)


def test_a_moment_may_be_written_without_quotes() -> None:
    """TOML has local date-times of its own."""
    moment = datetime(2027, 1, 15, 9, 0)  # noqa: DTZ001 - a wall clock

    assert moment == TypeAdapter(MomentText).validate_python(moment)


def test_a_day_is_a_date_with_or_without_quotes() -> None:
    """Both are the same day; a moment is none."""
    adapter = TypeAdapter(DayText)

    assert date(2027, 1, 15) == adapter.validate_python("2027-01-15") == adapter.validate_python(date(2027, 1, 15))
    with pytest.raises(ValidationError):
        adapter.validate_python("soon")


def test_one_name_stands_for_a_list_of_one() -> None:
    """A number is the name of a session."""
    adapter = TypeAdapter(Names)

    assert [("ann",), ("ann", "1"), ("1",)] == [adapter.validate_python(each) for each in ("ann", ["ann", 1], 1)]
    assert "1" == TypeAdapter(SessionName).validate_python(1)
