"""How long to wait."""

from datetime import UTC, datetime, timedelta

import pytest

from convener.errors import Delay
from convener.operations.delivery.ladders import ENDLESS, JITTER, LADDERS, next_try, rung, spread

NOON = datetime(2027, 1, 19, 12, tzinfo=UTC)
KEY = "acme/lead/remind/send.reminder.email/lead/north/1/2027-01-19T12:00/ann"


@pytest.mark.parametrize("delay", Delay)
def test_each_try_waits_as_long_as_its_rung_and_never_less(delay: Delay) -> None:
    """Every kind of delay has its ladder, climbed rung by rung, with some jitter on top (N5, fault 7)."""
    waits = [next_try(delay, nth, KEY, NOON) for nth in range(1, len(LADDERS[delay]) + 1)]

    assert all(
        wait <= when - NOON <= wait * (1 + JITTER) for wait, when in zip(LADDERS[delay], waits, strict=True) if when
    )
    assert None not in waits
    assert sorted(LADDERS[delay]) == list(LADDERS[delay])


@pytest.mark.parametrize("delay", Delay)
def test_only_what_no_message_is_to_blame_for_is_never_given_up(delay: Delay) -> None:
    """A server that is down for a month loses nothing; one that greylists for ever ends as failed (N5)."""
    assert (delay in ENDLESS) == (next_try(delay, 1000, KEY, NOON) is not None)
    assert {Delay.UNREACHABLE, Delay.MISCONFIGURED} == ENDLESS


def test_the_other_side_may_ask_for_more() -> None:
    """`retry_after` is the least (fault 7)."""
    asked = next_try(Delay.BUSY, 1, KEY, NOON, at_least=3600)

    assert asked is not None
    assert timedelta(hours=1) <= asked - NOON


def test_jitter_is_the_same_for_the_same_try_and_spreads_the_others() -> None:
    """No dice: the same message waits the same, and a thousand do not come back at once."""
    spreads = {spread(f"{KEY}{number}", 1) for number in range(1000)}

    assert spread(KEY, 1) == spread(KEY, 1) != spread(KEY, 2)
    assert 990 < len(spreads)
    assert 1 <= min(spreads)
    assert max(spreads) <= 1 + JITTER


def test_a_try_is_brought_forward_so_that_it_is_still_of_use() -> None:
    """Before the session, not after it; when that would be at once, there is no further try (P2)."""
    soon, over = NOON + timedelta(minutes=60), NOON + timedelta(minutes=1)

    assert NOON + timedelta(minutes=30) == next_try(Delay.BUSY, 3, KEY, NOON, not_after=soon)
    assert next_try(Delay.BUSY, 3, KEY, NOON, not_after=over) is None
    assert next_try(Delay.BUSY, 3, KEY, NOON, at_least=3000, not_after=soon) is None


def test_the_first_wait_stands_for_no_wait_before_it() -> None:
    """There is no rung below the first."""
    assert rung(Delay.BUSY, 1) == rung(Delay.BUSY, 0)
