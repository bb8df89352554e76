"""What is kept between decisions: a programme is decided over many times between two changes of its register.

Nothing here changes an answer; it only spares asking again. Keys are objects, not their contents: the values of a
register are frozen, so that the same object says the same.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from convener.decide.moments.moment import Due
from convener.decide.moments.timing import Life
from convener.model import PollRequest

KEPT = 64
"""Registers that are kept in mind: more than a daemon looks at in one tick."""
Lived = tuple[str, Life]
"""An automation, by id, as it is lived by some of its people."""


class Same:
    """A key for a cache: the same objects, not merely equal ones, which would be dear to tell; for frozen values."""

    __slots__ = ("values",)

    def __init__(self, *values: object) -> None:
        self.values = values

    def __hash__(self) -> int:
        return hash(tuple(map(id, self.values)))

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Same)
            and len(self.values) == len(other.values)
            and all(a is b for a, b in zip(self.values, other.values, strict=True))
        )


@dataclass(slots=True)
class Timetable:
    """What follows from the sessions and the programme alone, reckoned once for as long as no session changes."""

    dues: dict[Lived, list[Due]] = field(default_factory=dict)
    """Moments of automations, in order."""
    deadlines: list[datetime] | None = None
    """By when registers are to be in, in order."""
    starts: list[datetime] | None = None
    """When sessions begin, in order."""
    times: tuple[object, ...] | None = None
    """When each session is that is not cancelled, whatever has become of it."""


@lru_cache(maxsize=KEPT)
def timetable_of(_: Same) -> Timetable:
    """Return the timetable of the rules and the sessions that the key is made of."""
    return Timetable()


@dataclass(slots=True)
class OpenPolls:
    """The polls that automations range over, and what was last found of them."""

    polls: list[PollRequest]
    """By when they close."""
    dues: dict[Lived, list[Due]] = field(default_factory=dict)
    """Moments before and after they open and close, in order."""
    beats: dict[Lived, tuple[datetime, datetime | None]] = field(default_factory=dict)
    """An instant, and the next beat of a rhythm after it."""

    @classmethod
    def of(cls, polls: Iterable[PollRequest]) -> "OpenPolls":
        """Range over *polls*."""
        return cls(sorted(polls, key=lambda poll: poll.closes))

    def after(self, instant: datetime) -> list[PollRequest]:
        """Return the polls that close after *instant*, by when they do."""
        return self.polls[bisect_right(self.polls, instant, key=lambda poll: poll.closes) :]
