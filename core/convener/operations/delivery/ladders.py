"""Ladders: how long to wait before the next try, by what stands in the way. Pure: the moment is an argument."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from convener.errors import Delay

_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)

LADDERS: Mapping[Delay, tuple[timedelta, ...]] = MappingProxyType(
    {
        Delay.BUSY: (2 * _MINUTE, 10 * _MINUTE, _HOUR, 4 * _HOUR, 12 * _HOUR),
        Delay.GREYLISTED: (5 * _MINUTE, 10 * _MINUTE, 20 * _MINUTE, _HOUR, 4 * _HOUR, 12 * _HOUR),
        Delay.FULL: (30 * _MINUTE, 2 * _HOUR, 6 * _HOUR, 12 * _HOUR, 24 * _HOUR),
        Delay.UNREACHABLE: (_MINUTE, 2 * _MINUTE, 5 * _MINUTE, 10 * _MINUTE, 20 * _MINUTE, 30 * _MINUTE),
        Delay.MISCONFIGURED: (15 * _MINUTE, 15 * _MINUTE, _HOUR),
    }
)
"""How long to wait after the first, second … time."""
ENDLESS = frozenset({Delay.UNREACHABLE, Delay.MISCONFIGURED})
"""No message is at fault: it stays on the last rung for as long as it takes."""
JITTER = 0.2
"""A wait is up to this share longer, another share for each message, so that not all come back at once."""
WORTHWHILE = timedelta(minutes=1)
"""A wait that is cut short by the end of its use is at least this long; else there is none."""


def rung(delay: Delay, nth: int) -> timedelta | None:
    """Return the wait after the *nth* time, counted from 1; None when the ladder has ended."""
    ladder = LADDERS[delay]
    if nth <= len(ladder):
        return ladder[max(nth, 1) - 1]
    return ladder[-1] if delay in ENDLESS else None


def spread(key: str, nth: int) -> float:
    """Return by what a wait is multiplied: from 1 to 1 + JITTER, the same for the same message and try."""
    digest = hashlib.sha256(f"{key}\n{nth}".encode()).digest()
    return 1 + JITTER * int.from_bytes(digest[:4]) / 2**32


def next_try(
    delay: Delay, nth: int, key: str, now: datetime, *, at_least: float = 0, not_after: datetime | None = None
) -> datetime | None:
    """Return when to try message *key* again after its *nth* try, or None when it is given up.

    *at_least* seconds later when the other side said so. A try that would come after *not_after* is brought forward
    to half of what is left of its use, unless that is too soon for the other side or for sense.
    """
    wait, asked = rung(delay, nth), timedelta(seconds=at_least)
    if wait is None:
        return None
    when = now + max(wait, asked) * spread(key, nth)
    if not_after is None or when <= not_after:
        return when
    half = (not_after - now) / 2
    return now + half if half >= max(asked, WORTHWHILE) else None
