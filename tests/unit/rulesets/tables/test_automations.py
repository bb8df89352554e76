"""The tables of an automation."""

import pytest
from pydantic import ValidationError

from convener.rulesets.tables import AutomationTable

MUST = {"on": "session.held", "for_each": "coach", "do": {"flag": "x"}}


def test_silence_tells_nothing_unless_it_is_said_to() -> None:
    """How long an automation may be silent is nobody's guess."""
    assert AutomationTable.model_validate(MUST).expect_every is None


def test_a_silence_of_nothing_is_refused() -> None:
    """Every moment without a message would be a flag."""
    with pytest.raises(ValidationError, match="a silence lasts"):
        AutomationTable.model_validate({**MUST, "expect_every": "0 weeks"})
