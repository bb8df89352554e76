"""Several senders on one ledger."""

import pytest
from tests.chaos.ground import PutUp
from tests.chaos.races import BUSY, daemons, naive, ticks
from tests.chaos.world import Base, Wire

pytestmark = pytest.mark.integration
ROWS = 200


@pytest.mark.parametrize("base", Base)
def test_two_without_a_lock_double_nothing(put_up: PutUp, base: Base) -> None:
    """Two ticks at once, which take no lock, send every row once (faults 5, 14)."""
    with put_up(base, Wire.TEXTS) as world:
        race = ticks(world, 2, ROWS)

    assert race.is_clean
    assert (0, 0) == race.codes


def test_of_two_daemons_one_works(put_up: PutUp) -> None:
    """The other one is told so and ends (fault 14, exit 75)."""
    with put_up(Base.SQLITE, Wire.TEXTS) as world:
        race = daemons(world, 2, ROWS)

    assert race.is_clean
    assert [0, BUSY] == sorted(race.codes)


def test_the_naive_sender_doubles(put_up: PutUp) -> None:
    """The rig can fail: who reads, sends and then marks is caught at it."""
    with put_up(Base.SQLITE, Wire.TEXTS) as world:
        assert naive(world, 2, ROWS).doubled
