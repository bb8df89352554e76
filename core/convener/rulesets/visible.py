"""The fields that reports can show, by the names that `visibility` rules list them under."""

from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase

FIELDS: Mapping[str, str] = {
    "participant.name": "name of a participant",
    "pod.name": "name of a pod",
    "session.date": "when sessions are, or were, held",
    "session.topic": "what sessions are about",
    "attendance.status": "who was there, in the client's words",
    "comments.released": "comments that were released for the report",
    "figures.active": "participants now",
    "figures.joined": "participants who came after the start",
    "figures.withdrawn": "participants who have left",
    "figures.seconded": "participants on secondment",
    "figures.sessions-held": "sessions held",
    "figures.sessions-moved": "sessions moved",
    "figures.sessions-cancelled": "sessions called off",
    "figures.registers-complete": "registers that are in",
    "figures.attendance": "share of sessions present",
    "figures.below-floor": "participants under the attendance floor",
    "figures.engagement": "ratings of a session",
    "figures.engagement-shown": "how many ratings are shown",
    "figures.answered": "answers to polls",
    "figures.answered.*": "answers to one poll, by its id",
    "figures.reconciliation": "how the rows of the registers add up",
}
"""Every field by name, and what it shows; `*` stands for an id."""


def known(pattern: str) -> bool:
    """Tell whether *pattern*, a field or several with `*`, can ever list a field."""
    return bool(listed([pattern]))


def listed(patterns: Iterable[str]) -> frozenset[str]:
    """Return the fields that *patterns* list."""
    several = list(patterns)
    return frozenset(field for field in FIELDS if any(_meets(field, pattern) for pattern in several))


def _meets(field: str, pattern: str) -> bool:
    return fnmatchcase(field, pattern) or fnmatchcase(pattern, field)
