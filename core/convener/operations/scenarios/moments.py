"""Small changes of a moment as it is written: the mutants of `on`."""

import re
from collections.abc import Callable, Iterator

from convener.decide.moments.triggers import ORDINALS, WEEKDAYS

_COUNT = re.compile(r"(?P<count>\d+) (?P<unit>minute|hour|working day|day|week|month)s?\b")
_CLOCK = re.compile(r"\b(?P<hour>\d{1,2}):(?P<minute>\d{2})\b")
_WORD = re.compile(r"[a-z]+")
_OTHER = {"before": "after", "after": "before"}
_NEXT = {
    word: words[(index + 1) % len(words)] for words in (WEEKDAYS, tuple(ORDINALS)) for index, word in enumerate(words)
}
HOURS = 24


def shifted_moments(on: str) -> Iterator[str]:
    """Yield *on* with one small change each: one more, one less, an hour, the other side, the next day; all differ.

    Not every one need be a moment.
    """
    yield from dict.fromkeys(text for way in _WAYS for text in way(on) if text != on)


def _counts(on: str) -> Iterator[str]:
    for found in _COUNT.finditer(on):
        count, unit = int(found["count"]), found["unit"]
        for other in (count - 1, count + 1):
            if other > 0:
                yield _with(on, found, f"{other} {unit}{'' if other == 1 else 's'}")


def _clocks(on: str) -> Iterator[str]:
    for found in _CLOCK.finditer(on):
        for hour in (int(found["hour"]) - 1, int(found["hour"]) + 1):
            yield _with(on, found, f"{hour % HOURS:02}:{found['minute']}")


def _sides(on: str) -> Iterator[str]:
    yield from (_with(on, found, _OTHER[found[0]]) for found in _WORD.finditer(on) if found[0] in _OTHER)


def _days(on: str) -> Iterator[str]:
    yield from (_with(on, found, _NEXT[found[0]]) for found in _WORD.finditer(on) if found[0] in _NEXT)


def _working(on: str) -> Iterator[str]:
    if "working day" in on:
        yield on.replace("working day", "day", 1)


def _with(on: str, found: re.Match[str], text: str) -> str:
    return on[: found.start()] + text + on[found.end() :]


_WAYS: tuple[Callable[[str], Iterator[str]], ...] = (_counts, _clocks, _sides, _working, _days)
