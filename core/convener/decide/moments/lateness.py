"""What becomes of an occurrence that fell due while nobody was looking: `late` as ops write it."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from convener.decide.moments.triggers import FIELDS, TriggerError
from convener.documents import nearest

USUAL = timedelta(hours=24)
"""A time or a rhythm is of use this long unless `late` says otherwise."""
SKIP = timedelta(hours=1)
"""How late `skip` and `ask` still count as on time: a slow tick is not a downtime."""
EXAMPLES = 'write "send until session.starts", "skip" or "ask"'


class LatePolicy(StrEnum):
    """What `late` asks for."""

    USUAL = "usual"
    UNTIL = "until"
    SKIP = "skip"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class Late:
    """A policy, and for `send until` the field that ends the use."""

    policy: LatePolicy = LatePolicy.USUAL
    until: str = ""


class Fate(StrEnum):
    """What to do with a due occurrence now."""

    SEND = "send"
    MISSED = "missed"
    ASK = "ask"
    GONE = "gone"
    """Long past and already recorded when it was."""


def parse_late(text: str) -> Late:
    """Read `late = "…"`; raise TriggerError with the nearest field or the allowed words."""
    wanted = " ".join(text.split())
    if wanted in ("", "skip", "ask"):
        return Late(LatePolicy(wanted or "usual"))
    found = re.match(r"^send until (?P<field>\S+)$", wanted)
    if not found:
        raise TriggerError(f"{text!r} does not say what to do when it is late", EXAMPLES)
    if found["field"] not in FIELDS:
        raise TriggerError(f"there is no field {found['field']!r}", nearest(found["field"], FIELDS))
    return Late(LatePolicy.UNTIL, found["field"])


def deadline_of(late: Late, due: datetime, ends: datetime | None, *, is_event: bool) -> datetime | None:
    """Return until when an occurrence due at *due* is of use; *ends* is the instant of `late.until`."""
    if late.policy is LatePolicy.UNTIL:
        return ends
    if late.policy is LatePolicy.USUAL:
        return None if is_event else due + USUAL
    return due + SKIP


def fate_of(late: Late, span: tuple[datetime, datetime], due: datetime, deadline: datetime | None) -> Fate:
    """Decide over an occurrence due at *due*, at the end of the window *span* (begin excluded, end included)."""
    since, now = span
    if deadline is None or now <= deadline:
        return Fate.SEND
    if due <= since:
        return Fate.GONE
    return Fate.ASK if late.policy is LatePolicy.ASK else Fate.MISSED
