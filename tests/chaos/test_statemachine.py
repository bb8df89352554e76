"""A few stories of the state machine; `make chaos` tells many."""

from functools import partial

import pytest
from tests.chaos.ground import PutUp
from tests.chaos.statemachine import tell
from tests.chaos.world import Base, Wire

pytestmark = pytest.mark.integration


def test_whatever_order_the_model_is_right(put_up: PutUp) -> None:
    """Due, deliver, kill, wait, edit and an other side that misbehaves, in any order (N5)."""
    tell(partial(put_up, Base.SQLITE, Wire.TEXTS), stories=2, steps=8)
