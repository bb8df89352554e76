"""Says in words how what happened differs from what is expected: every difference with its place."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from convener.errors import Place
from convener.model import Flag
from convener.operations.scenarios.cast import Cast
from convener.operations.scenarios.flags import cause_of, subjects_of
from convener.operations.scenarios.matching import closest_to, difference
from convener.operations.scenarios.messages import Message, told
from convener.operations.scenarios.suite import Wanted, WantedFlag

WORDS = {"sent": "goes out", "missed": "is missed", "held": "is held"}
_RULE = re.compile(r"\(rule ([^()]+)\)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """One thing that was otherwise than expected."""

    place: Place
    """Of the expectation."""
    text: str
    details: tuple[str, ...] = ()
    """What happened instead, and why."""


def compare_messages(
    key: str,
    wanted: Sequence[Wanted],
    messages: Sequence[Message],
    at: tuple[Place, Cast],
    reasons: Callable[[Wanted], Iterable[str]],
) -> list[Failure]:
    """Return how *messages* differ from *wanted*; *at* is where the whole of it is written, and who is who."""
    place, cast = at
    found = difference(wanted, messages, Message.is_as)
    left, failures = list(found.unexpected), list[Failure]()
    for each in found.missing:
        instead = closest_to(each, left)
        if instead is not None:
            left.remove(instead)
        details = tuple(reasons(each)) if instead is None else (f"instead: {instead.told(cast)}",)
        text = f"expected and not there: {told(each, cast)}"
        failures.append(Failure(place=each.place, text=text, details=details))
    for message in left:
        text = f"not expected, and {WORDS[key]}: {message.told(cast)}"
        failures.append(Failure(place=place, text=text, details=(f"because: {message.reason}",)))
    return failures


def compare_flags(wanted: Sequence[WantedFlag], standing: Sequence[Flag], place: Place, cast: Cast) -> list[Failure]:
    """Return how the flags *standing* differ from *wanted*, which is written at *place*."""
    found = difference(wanted, standing, partial(_is_as, cast))
    failures = [
        Failure(
            place=each.place,
            text=f"expected and not there: {f'{each.severity} ' * bool(each.severity)}flag of {each.of} "
            f"about {cast.name(each.about)}",
        )
        for each in found.missing
    ]
    for flag in found.unexpected:
        text = f"not expected, and stands: {flag.severity} flag of {cause_of(flag)}: {flag.text}"
        failures.append(Failure(place=place, text=text))
    return failures


def _is_as(cast: Cast, flag: Flag, wanted: WantedFlag) -> bool:
    is_about = bool({wanted.about, cast.addresses.get(wanted.about, wanted.about)} & subjects_of(flag))
    return is_about and cause_of(flag) == wanted.of and wanted.severity in (None, flag.severity)


def compare_rules(what: str, wanted: frozenset[str], found: frozenset[str], place: Place) -> list[Failure]:
    """Return how the rules *found* to stand against a happening differ from those *wanted*; *what* is in words."""
    if wanted == found:
        return []
    one, other = (", ".join(sorted(rules)) or "no rule" for rules in (wanted, found))
    return [Failure(place=place, text=f"expected to be {what} by {one}; it was by {other}")]


def noted_rules(notes: Iterable[str]) -> frozenset[str]:
    """Return the ids of the rules that *notes* say are breached."""
    return frozenset(rule for note in notes for rule in _RULE.findall(note))
