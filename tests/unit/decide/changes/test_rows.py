"""Dated rows."""

from datetime import date

from convener.decide.changes.rows import ended, switched
from convener.model import Membership

DAY = date(2027, 2, 1)


def seat(pod: str, since: date, until: date | None = None, person: str = "ann") -> Membership:
    """Make a membership."""
    return Membership(person=person, pod=pod, since=since, until=until)


def test_rows_end_on_the_day_and_later_ones_go() -> None:
    """R1: past rows stay as they were, and other people's are not touched."""
    rows = (
        seat("p", date(2026, 1, 1), date(2026, 6, 1)),
        seat("q", date(2026, 6, 1)),
        seat("r", date(2027, 3, 1)),
        seat("q", date(2026, 6, 1), person="ben"),
    )

    kept = ended(rows, lambda row: row.person == "ann", DAY)

    assert (rows[0], seat("q", date(2026, 6, 1), DAY), rows[3]) == kept


def test_a_row_that_begins_on_the_day_is_replaced() -> None:
    """No row holds for no day at all."""
    new = seat("q", DAY)

    assert (new,) == switched((seat("p", DAY),), lambda row: row.person == "ann", new)
