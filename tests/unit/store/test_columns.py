"""Columns that mean the same on both databases."""

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.dialects import postgresql, sqlite

from convener.store.columns import Instant, iso, texts


def test_instants_are_sortable_text_in_utc_on_sqlite() -> None:
    """Any zone goes in, the same instant in UTC comes out, and text order is time order."""
    column, dialect = Instant(), sqlite.dialect()
    summer = datetime(2027, 7, 1, 9, tzinfo=ZoneInfo("Europe/London"))
    earlier = datetime(2027, 7, 1, 17, 59, 59, 1, tzinfo=timezone(timedelta(hours=10)))
    stored = column.process_bind_param(summer, dialect)

    assert "2027-07-01T08:00:00.000000+00:00" == stored
    assert column.process_bind_param(earlier, dialect) < stored
    assert summer == column.process_result_value(stored, dialect)
    assert None is column.process_bind_param(None, dialect)
    assert None is column.process_result_value(None, dialect)


def test_an_hour_that_comes_twice_is_two_instants() -> None:
    """Python takes both halves for equal; what is stored tells them apart (fault 13)."""
    first = datetime(2027, 10, 31, 1, 30, tzinfo=ZoneInfo("Europe/London"))

    assert ["2027-10-31T00:30:00.000000+00:00", "2027-10-31T01:30:00.000000+00:00"] == [
        iso(first),
        iso(first.replace(fold=1)),
    ]


def test_several_texts_are_several_columns() -> None:
    """In the order they are named in, none of them NULL."""
    assert [("a", False), ("b", False)] == [(column.name, column.nullable) for column in texts("a b")]


def test_instants_are_utc_on_postgresql() -> None:
    """Whatever zone the server answers in, we see UTC."""
    tokyo = datetime(2027, 7, 1, 18, tzinfo=ZoneInfo("Asia/Tokyo"))
    found = Instant().process_result_value(tokyo, postgresql.dialect())

    assert found is not None
    assert "2027-07-01T09:00:00+00:00" == found.isoformat()


def test_an_instant_without_a_zone_is_refused() -> None:
    """A naive time would mean something else on every machine."""
    naive = datetime(2027, 7, 1, 9, tzinfo=ZoneInfo("UTC")).replace(tzinfo=None)

    with pytest.raises(ValueError, match="time zone"):
        Instant().process_bind_param(naive, sqlite.dialect())
