"""Leaving a connector alone."""

from datetime import UTC, datetime, timedelta

import pytest

from convener.errors import Delay
from convener.operations.delivery.breakers import TRIPS, Breaker
from convener.operations.delivery.ladders import LADDERS

NOON = datetime(2027, 1, 19, 12, tzinfo=UTC)
LATER = timedelta(minutes=1)


@pytest.mark.parametrize("delay", TRIPS)
def test_it_opens_after_so_many_failures_in_a_row(delay: Delay) -> None:
    """A server nobody reaches is not asked two thousand times (N5)."""
    breaker, states = Breaker(), []
    for _ in range(TRIPS[delay]):
        states.append(breaker.state(NOON))
        breaker = breaker.failed(delay, NOON)

    assert {"closed"} == set(states)
    assert "open" == breaker.state(NOON)


def test_a_refusal_of_one_message_says_that_the_other_side_is_there() -> None:
    """Greylisting and full mailboxes count for nothing."""
    breaker = Breaker().failed(Delay.UNREACHABLE, NOON).failed(Delay.GREYLISTED, NOON)

    assert Breaker() == breaker


def test_one_message_tries_when_the_wait_is_over_and_failing_opens_it_for_longer() -> None:
    """Half-open it is asked once; whoever fails meanwhile changes nothing."""
    breaker, waits, now = Breaker(), [], NOON
    for _ in range(10):
        breaker = breaker.failed(Delay.UNREACHABLE, now)
        if breaker.until is not None:
            waits.append(breaker.until - now)
            now = breaker.until

    assert sorted(waits) == waits
    assert [*LADDERS[Delay.UNREACHABLE], LADDERS[Delay.UNREACHABLE][-1]][: len(waits)] == waits[:7]
    assert ("open", "half-open") == (breaker.state(now - LATER), breaker.state(now))
    assert breaker == breaker.failed(Delay.UNREACHABLE, now - LATER)


def test_a_clock_that_is_set_back_does_not_keep_it_open() -> None:
    """A day lost by the clock is not a day without mail (fault 12)."""
    breaker = Breaker().failed(Delay.MISCONFIGURED, NOON)

    assert "half-open" == breaker.state(NOON - timedelta(days=1))


def test_a_message_waits_as_long_as_the_breaker_will() -> None:
    """The first that meets trouble the first wait, and who comes into the open breaker no more than that."""
    opened = Breaker().failed(Delay.MISCONFIGURED, NOON)

    assert (1, 1) == (Breaker().turn(NOON), opened.turn(NOON))
    assert 2 == opened.turn(opened.until or NOON)
