"""So many a minute."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convener.operations.delivery.buckets import Bucket

NOON = datetime(2027, 1, 19, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@given(st.integers(1, 2000), st.lists(st.floats(0.01, 40), max_size=60))
def test_no_minute_ever_has_more_than_the_limit(per_minute: int, pauses: list[float]) -> None:
    """However it is asked, taking all there is each time."""
    bucket, now, taken = Bucket(per_minute), NOON, []
    for pause in pauses:
        count = bucket.room(now) or 0
        bucket = bucket.take(count, now)
        taken.append((now, count))
        now += timedelta(seconds=pause)

    assert all(sum(count for at, count in taken if since <= at < since + MINUTE) <= per_minute for since, _ in taken)


@pytest.mark.parametrize("per_minute", [1, 7, 60, 600])
def test_who_comes_when_told_finds_a_token(per_minute: int) -> None:
    """`next` says when the next may go: at once while there are tokens, then not before it."""
    empty = Bucket(per_minute).take(Bucket(per_minute).size, NOON)
    when = empty.next(NOON)

    assert Bucket(per_minute).next(NOON) == NOON < when <= NOON + MINUTE
    assert (0, 1) == (empty.room(when - timedelta(milliseconds=1)), empty.room(when))


def test_no_limit_is_no_limit() -> None:
    """Nothing is counted then."""
    bucket = Bucket(0)

    assert bucket.room(NOON) is None
    assert bucket == bucket.take(10_000, NOON)


def test_a_clock_that_is_set_back_does_not_stop_it() -> None:
    """An hour lost by the clock costs at most one wait, not an hour (fault 12)."""
    empty = Bucket(60).take(1, NOON)
    earlier = NOON - timedelta(hours=1)
    looked = empty.take(0, earlier)

    assert (0, 1) == (looked.room(earlier), looked.room(earlier + MINUTE))
