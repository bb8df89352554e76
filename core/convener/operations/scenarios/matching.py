"""Compares what is expected with what there is: every expectation takes one message, and none may be left."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from convener.operations.scenarios.messages import Message
from convener.operations.scenarios.suite import Wanted, WantedFlag

WantedT = TypeVar("WantedT", Wanted, WantedFlag)
FoundT = TypeVar("FoundT")


@dataclass(frozen=True, slots=True)
class Difference(Generic[WantedT, FoundT]):
    """What is expected and not there, and what is there and not expected."""

    missing: tuple[WantedT, ...]
    unexpected: tuple[FoundT, ...]

    def __bool__(self) -> bool:
        return bool(self.missing or self.unexpected)


def difference(
    wanted: Sequence[WantedT], found: Sequence[FoundT], is_as: Callable[[FoundT, WantedT], bool]
) -> Difference[WantedT, FoundT]:
    """Return how *found* differs from *wanted*; the most exact expectation chooses first."""
    left, missing = list(found), list[WantedT]()
    for each in sorted(wanted, key=_looseness):
        taken = next((one for one in left if is_as(one, each)), None)
        if taken is None:
            missing.append(each)
        else:
            left.remove(taken)
    return Difference(tuple(sorted(missing, key=lambda each: each.place)), tuple(left))


def _looseness(wanted: Wanted | WantedFlag) -> int:
    """Return how many things *wanted* does not look at."""
    if isinstance(wanted, WantedFlag):
        return int(wanted.severity is None)
    return [wanted.via, wanted.what, wanted.about, wanted.speaks_of].count(None)


def closest_to(wanted: Wanted, messages: Sequence[Message]) -> Message | None:
    """Return the message of the same automation to the same person that comes nearest in time, if any."""
    same = [message for message in messages if (message.of, message.to) == (wanted.of, wanted.to)]
    return min(same, key=lambda message: abs(message.at.replace(tzinfo=None) - wanted.at), default=None)
