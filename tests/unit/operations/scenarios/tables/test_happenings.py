"""What may happen at a moment."""

import pytest
from pydantic import ValidationError

from convener.operations.scenarios.tables import HappeningTable

AT = "2027-02-09 09:00"


def test_at_most_one_thing_happens_at_a_time() -> None:
    """Two of them are two tables."""
    with pytest.raises(ValidationError, match="one thing happens at a time, not withdraw and go"):
        HappeningTable.model_validate({"at": AT, "withdraw": "ann", "go": True})


def test_a_happening_has_its_key_and_value() -> None:
    """Nothing but time may pass, too."""
    assert ("cancel", "1") == HappeningTable.model_validate({"at": AT, "cancel": 1}).happening
    assert HappeningTable.model_validate({"at": AT}).happening is None
