"""Clocks."""

import threading
from datetime import UTC, datetime, timedelta

from convener.clock import SystemClock, VirtualClock

NOON = datetime(2027, 1, 18, 12, tzinfo=UTC)


def test_a_virtual_clock_stands_still_until_it_is_moved() -> None:
    """Time passes only on request, and never backwards."""
    clock = VirtualClock(NOON)
    clock.move_to(NOON + timedelta(hours=1))
    clock.move_to(NOON)

    assert NOON + timedelta(hours=1) == clock.now()


def test_a_virtual_wait_moves_the_clock() -> None:
    """Waiting costs no real time and is written down."""
    clock = VirtualClock(NOON)
    woken = clock.wait(60, threading.Event())

    assert (False, NOON + timedelta(minutes=1), [60]) == (woken, clock.now(), clock.waited)


def test_a_set_event_ends_a_real_wait_at_once() -> None:
    """A signal does not have to wait for the clock."""
    wake = threading.Event()
    wake.set()

    assert SystemClock().wait(3600, wake)
    assert UTC is SystemClock().now().tzinfo


def test_what_passes_on_a_clock_is_steady() -> None:
    """Durations come from a count that nobody sets."""
    virtual, real = VirtualClock(NOON), SystemClock()
    before, began = virtual.steady(), real.steady()
    virtual.wait(60, threading.Event())

    assert 60 == virtual.steady() - before
    assert began <= real.steady()
