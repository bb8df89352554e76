"""`[pretend]` and `[given]`."""

from datetime import date

import pytest
from pydantic import ValidationError

from convener.operations.scenarios.tables import GivenTable, PretendTable, SessionTable


def test_a_pretended_programme_needs_no_word() -> None:
    """Three sessions of two hours in London from a Monday."""
    made = PretendTable()

    assert (date(2027, 1, 18), 3, "Europe/London") == (made.starts, made.sessions, made.timezone)


def test_a_session_is_a_moment_or_a_table() -> None:
    """Both may stand in one table of sessions."""
    made = GivenTable.model_validate({"sessions": {"1": "2027-02-09 09:00", "2": {"status": "unscheduled"}}})

    assert isinstance(made.sessions["2"], SessionTable)


def test_unknown_keys_are_refused() -> None:
    """A typo is never silently ignored (P18)."""
    with pytest.raises(ValidationError):
        GivenTable.model_validate({"participnts": {}})
