"""Typed changes."""

from dataclasses import FrozenInstanceError
from datetime import date

import pytest

from convener.model import Withdraw


def test_a_change_is_a_value() -> None:
    """Two changes that say the same are equal, and neither can be altered."""
    change = Withdraw(person="1", on=date(2027, 4, 12))

    assert change == Withdraw(person="1", on=date(2027, 4, 12), reason="")
    with pytest.raises(FrozenInstanceError):
        change.reason = "other"  # type: ignore[misc]  # the type checker refuses it as well
