"""Placeholders in texts that clients write: `{participant.first_name}`, from a list and nothing else.

A question or a toolkit is not a template: it cannot loop, compute or reach into anything. A placeholder that is
not on the list is an error, so that a typo never reaches a person.
"""

import re
from collections.abc import Callable, Mapping
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


def _value(name: str, values: Mapping[str, object]) -> str:
    if name not in ALLOWED:
        close = get_close_matches(name, ALLOWED, n=1)
        hint = f"did you mean '{{{close[0]}}}'?" if close else "allowed: " + ", ".join(sorted(ALLOWED))
        raise DataError(f"placeholder '{{{name}}}' is unknown", hint=hint)
    owner, _, key = name.partition(".")
    view = values.get(owner)
    value = view.get(key) if isinstance(view, Mapping) else None
    if not isinstance(value, str | int):
        raise DataError(f"placeholder '{{{name}}}' has no value here", hint=f"this message speaks of no {owner}")
    return str(value)
