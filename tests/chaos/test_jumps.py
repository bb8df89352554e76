"""A daemon whose clock jumps."""

from datetime import timedelta

import pytest
from tests.chaos.ground import PutUp
from tests.chaos.jumps import jumps
from tests.chaos.world import Base, Wire

pytestmark = pytest.mark.integration


def test_a_jump_is_noticed_and_doubles_nothing(put_up: PutUp) -> None:
    """Set back two hours and on ten days, the daemon logs it, sends what is due and repeats nothing (fault 12)."""
    with put_up(Base.SQLITE, Wire.TEXTS) as world:
        landing = jumps(world, (timedelta(hours=-2), timedelta(days=10)), 5)

    assert landing.verdict.holds, landing
    assert (2, 0) == (landing.noticed, landing.code)
