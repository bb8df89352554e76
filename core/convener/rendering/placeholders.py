"""Placeholders in texts that clients write: `{participant.first_name}`, from a list and nothing else.

A question or a toolkit is not a template: it cannot loop, compute or reach into anything. A placeholder that is
not on the list is an error, so that a typo never reaches a person.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from difflib import get_close_matches

from convener.errors import DataError

ALLOWED = frozenset(
    {
        "coach.name",
        "manager.name",
        "participant.first_name",
        "participant.name",
        "pod.name",
        "poll.title",
        "programme.client",
        "programme.title",
        "recipient.first_name",
        "recipient.name",
        "sender.name",
        "session.number",
        "session.pod",
        "session.topic",
        "sponsor.name",
        "word.coach",
        "word.manager",
        "word.participant",
        "word.pod",
        "word.session",
    }
)
"""Every placeholder there is."""

_PLACEHOLDER = re.compile(r"\{([A-Za-z_][\w.]*)\}")


def fill(text: str, values: Mapping[str, object], *, each: Callable[[str], str] = str) -> str:
    """Return *text* with every placeholder replaced by its value, passed through *each*.

    Raises DataError for a placeholder that is not on the list, or that has no value for this recipient.
    """
    return _PLACEHOLDER.sub(lambda found: each(_value(found[1], values)), text)


def check_placeholders(text: str, given: Collection[str]) -> Iterator[tuple[int, DataError]]:
    """Yield where in *text* a placeholder stands that `fill` would refuse, and what it would say.

    *given* are the owners, such as `session`, that the message may speak of; the others never have a value.
    """
    for found in _PLACEHOLDER.finditer(text):
        name = found[1]
        if name not in ALLOWED:
            yield found.start(), _unknown(name)
        elif name.partition(".")[0] not in given:
            yield found.start(), _valueless(name)


def _value(name: str, values: Mapping[str, object]) -> str:
    if name not in ALLOWED:
        raise _unknown(name)
    owner, _, key = name.partition(".")
    view = values.get(owner)
    value = view.get(key) if isinstance(view, Mapping) else None
    if not isinstance(value, str | int):
        raise _valueless(name)
    return str(value)


def _unknown(name: str) -> DataError:
    close = get_close_matches(name, ALLOWED, n=1)
    hint = f"did you mean '{{{close[0]}}}'?" if close else "allowed: " + ", ".join(sorted(ALLOWED))
    return DataError(f"placeholder '{{{name}}}' is unknown", hint=hint)


def _valueless(name: str) -> DataError:
    owner = name.partition(".")[0]
    return DataError(f"placeholder '{{{name}}}' has no value here", hint=f"this message speaks of no {owner}")
