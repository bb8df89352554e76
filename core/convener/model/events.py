"""Events: things that happened, append-only, written in the transaction that changed the register."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

EVENT_NAMES = frozenset(
    {
        "participant.joined",
        "participant.updated",
        "participant.withdrawn",
        "participant.seconded",
        "participant.returned",
        "participant.moved",
        "participant.promoted",
        "manager.changed",
        "pods.accepted",
        "pod.frozen",
        "coach.changed",
        "session.proposed",
        "session.confirmed",
        "session.moved",
        "session.cancelled",
        "session.held",
        "attendance.recorded",
        "poll.opened",
        "poll.answered",
        "programme.live",
        "programme.closed",
    },
)
"""Every event there is; automations may name any of them in `on`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened to one subject."""

    id: str
    """Unique for ever; the slot of the automations it triggers."""
    name: str
    """One of `EVENT_NAMES`."""
    client: str
    programme: str
    subject: str
    """Id of the session, pod or programme it is about."""
    person: str = ""
    """Id of the person it is about, if it is about one."""
    at: datetime
    """When it took effect, aware. An event recorded late keeps the instant it was recorded."""
    data: Mapping[str, str] = field(default_factory=dict)
    """Further facts without personal data: ids, dates and numbers only."""


def event_of(name: str, scope: str, subject: str, *, at: datetime, person: str = "", **data: str) -> Event:
    """Make the event *name* about *subject* in *scope* (`client/programme`); the store makes its id unique."""
    if name not in EVENT_NAMES:
        raise ValueError(f"there is no event {name!r}")
    client, _, programme = scope.partition("/")
    stamp = f"{at:%Y%m%dT%H%M%S}"
    identity = "~".join(part for part in (name, subject, person, stamp) if part)
    return Event(
        id=identity,
        name=name,
        client=client,
        programme=programme,
        subject=subject,
        person=person,
        at=at,
        data=data,
    )
