"""Checks of a contract."""

import pytest

from convener.testing.demands import demand, demand_absent, demand_equal


def test_a_kept_promise_is_silent() -> None:
    """Nothing happens when all is well."""
    demand("x", kept=True)
    demand_equal("x", 1, 1)
    demand_absent("x", ["ana@"], "nothing")


def test_a_broken_promise_is_named() -> None:
    """The author of a plugin reads which promise, and both values."""
    with pytest.raises(AssertionError, match="broken promise: a parcel arrives; expected 1, got 0"):
        demand_equal("a parcel arrives", 1, 0)
    with pytest.raises(AssertionError, match="broken promise: x"):
        demand("x", kept=False)
    with pytest.raises(AssertionError, match="found Ana"):
        demand_absent("x", ["Ana"], "sent to ANA")
