"""The tables of a programme."""

import pytest
from pydantic import ValidationError

from convener.rulesets.tables import SessionsTable


@pytest.mark.parametrize("count", [0, 201, True, "6"])
def test_a_count_of_sessions_has_limits(count: object) -> None:
    """A programme has at least one session and not thousands, and the number is a number."""
    with pytest.raises(ValidationError):
        SessionsTable.model_validate({"count": count, "length": "2 hours"}, strict=True)


@pytest.mark.parametrize("wrong", [{"length": "0 minutes"}, {"length": "2 hours", "every": "0 weeks"}])
def test_a_session_lasts_and_the_next_is_later(wrong: dict[str, str]) -> None:
    """Nobody meets for no time at all, or nine times at once: `check` refuses what no calendar could hold (P15)."""
    with pytest.raises(ValidationError, match="cannot be nothing"):
        SessionsTable.model_validate({"count": 6, **wrong})
