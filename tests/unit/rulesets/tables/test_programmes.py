"""The tables of a programme."""

import pytest
from pydantic import ValidationError

from convener.rulesets.tables import SessionsTable


@pytest.mark.parametrize("count", [0, 201, True, "6"])
def test_a_count_of_sessions_has_limits(count: object) -> None:
    """A programme has at least one session and not thousands, and the number is a number."""
    with pytest.raises(ValidationError):
        SessionsTable.model_validate({"count": count, "length": "2 hours"}, strict=True)
