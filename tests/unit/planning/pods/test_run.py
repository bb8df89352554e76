"""From the question to a proposal of pods."""

from datetime import date
from typing import Any

import pytest

from convener.errors import ConvenerError
from convener.planning.pods.run import pose, propose


def test_running_out_of_time_is_said(northern: Any) -> None:
    """Bad input: no time at all is a clear answer, not a wrong plan."""
    with pytest.raises(ConvenerError, match="no pods found in 0 seconds") as raised:
        propose(lambda rules: pose(rules, northern.register, date(2026, 12, 1)), northern.ruleset, seed=1, seconds=0)

    assert "more seconds" in raised.value.hint
