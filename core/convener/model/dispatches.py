"""Dispatches: what goes to whom through which connector, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class DispatchState(StrEnum):
    """Where a row of the ledger stands: `ready → sending → sent | retry | failed | in_doubt | cancelled | held`."""

    READY = "ready"
    SENDING = "sending"
    SENT = "sent"
    RETRY = "retry"
    FAILED = "failed"
    IN_DOUBT = "in_doubt"
    CANCELLED = "cancelled"
    HELD = "held"
    MISSED = "missed"
    """Due while nobody was looking and too late to be of use; recorded, never sent."""


UNSENT = frozenset({DispatchState.READY, DispatchState.RETRY, DispatchState.HELD})
"""States in which a dispatch can still be called off."""


STOPPED = frozenset({DispatchState.CANCELLED, DispatchState.MISSED, DispatchState.FAILED, DispatchState.HELD})
"""States of what has not gone and does not go by itself."""


QUARANTINED = "in quarantine: its sender died several times while sending it"
"""Why a row is `held` that no volume guard holds; no rule has an id with spaces."""


class Verb(StrEnum):
    """What a step does."""

    SEND = "send"
    POLL = "poll"
    REPORT = "report"
    INVITE = "invite"
    FLAG = "flag"
    CALL = "call"


DISTURBING = frozenset({Verb.SEND, Verb.POLL})
"""Steps that disturb a person: quiet hours hold them back, and volume guards count them."""


class InviteMethod(StrEnum):
    """iTIP methods (RFC 5546) of a calendar part."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True, kw_only=True)
class InviteTerms:
    """What a calendar part says of one session to one person."""

    uid: str
    """Stable for person and session."""
    sequence: int
    """Rises with every update."""
    method: InviteMethod
    starts: datetime
    ends: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatch:
    """One thing for one recipient through one connector."""

    client: str
    programme: str
    automation: str
    step: str
    """Verb, what and channel joined by full stops: `send.reminder.email`."""
    subject: str
    """Id of the session, pod, programme or person it is about."""
    slot: str
    """Local date and time of a time trigger (`2027-01-15T09:00`), the id of an event, or an invite's sequence."""
    recipient: str
    """Id of the person it goes to."""
    channel: str
    connector: str
    due: datetime
    not_after: datetime | None = None
    """After this instant it is no longer of use and is recorded as missed."""
    reason: str
    """Why it goes out, in words."""
    verb: Verb
    what: str
    """Message, poll or report that the step names."""
    people: tuple[str, ...] = ()
    """Ids of the participants it speaks of (for a manager: those of theirs who matched)."""
    session: str = ""
    """Id of the session it speaks of, if any."""
    poll: str = ""
    """Id of the poll it opens or chases, if any."""
    invite: InviteTerms | None = None
    attach: tuple[str, ...] = ()
    """Attachments named in the step, placeholders not yet filled."""

    @property
    def key(self) -> str:
        """`client/programme/automation/step/subject/slot/recipient`, unique for ever."""
        parts = (
            self.client,
            self.programme,
            self.automation,
            self.step,
            self.subject,
            self.slot,
            self.recipient,
        )
        return "/".join(parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """Something that needs a human."""

    id: str
    """Stable: the same cause gives the same id."""
    severity: str
    """`high`, `medium` or `low`."""
    client: str
    programme: str
    subject: str
    since: datetime
    text: str
    settle: str
    """The command that settles it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PollOpening:
    """A poll that opens together with the dispatches of one occurrence."""

    poll: str
    subject: str
    person: str
    opens: datetime
    """When its dispatch fell due, quiet hours over; the same however late it was decided."""
    closes: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is due between two instants, and when to ask again."""

    since: datetime
    until: datetime
    next_due: datetime | None
    """The next instant at which something falls due as the register stands; None for never."""
    dispatches: tuple[Dispatch, ...] = ()
    missed: tuple[Dispatch, ...] = ()
    """Due, but past their use; recorded and not sent."""
    flags: tuple[Flag, ...] = ()
    openings: tuple[PollOpening, ...] = ()
    held: Mapping[str, str] = field(default_factory=dict)
    """Of the dispatches, keys of those that wait for a person, and the id of the volume guard that holds each."""
    rehearsal: bool = False
    """Whether it was decided as if asked at every instant, so that nothing in it is late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that travels with a parcel."""

    name: str
    content: bytes = field(repr=False)
    media_type: str = "text/plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """The rendered, frozen content of a dispatch: all a connector needs, and nothing it must look up."""

    message_id: str
    """Stable for the dispatch, so that a repeat is recognised: `<digest@domain>`."""
    to_name: str
    to_email: str = field(repr=False)
    to_mobile: str = field(default="", repr=False)
    subject: str = ""
    text: str = field(default="", repr=False)
    html: str = field(default="", repr=False)
    calendar: str = field(default="", repr=False)
    """An iCalendar object, or empty."""
    calendar_method: InviteMethod | None = None
    attachments: tuple[Attachment, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """A dispatch as the ledger keeps it."""

    dispatch: Dispatch
    state: DispatchState
    attempts: int = 0
    message_id: str = ""
    settled: datetime | None = None
    """When it reached a state that no longer changes by itself."""
    not_before: datetime | None = None
    """When a retry may be tried."""
    error: str = ""
    """Why the last attempt failed, without personal data."""
