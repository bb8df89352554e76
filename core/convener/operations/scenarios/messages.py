"""What goes out in a test, as its expectations speak of it: one thing to one person, with all its ways."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from convener.decide.moments.timing import local
from convener.model import Dispatch, InviteMethod, Register
from convener.operations.scenarios.cast import Cast
from convener.operations.scenarios.suite import Wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One thing that one person gets, missed or would have got."""

    of: str
    to: str
    at: datetime
    """Aware, on the recipient's wall clock."""
    via: frozenset[str]
    what: str
    about: str
    speaks_of: frozenset[str]
    reason: str

    def told(self, cast: Cast) -> str:
        """Return it in words."""
        spoken = self.speaks_of - {self.to}
        parts = [
            f"{self.of}: {self.what} to {cast.name(self.to)}",
            f"at {shown(self.at)}",
            f"via {', '.join(sorted(self.via))}" if self.via else "",
            f"about {cast.name(self.about)}" if self.about != cast.programme else "",
            f"speaking of {cast.names(spoken)}" if spoken else "",
        ]
        return ", ".join(part for part in parts if part)

    def is_as(self, wanted: Wanted) -> bool:
        """Tell whether it is all that *wanted* says."""
        return (self.of, self.to, self.at.replace(tzinfo=None)) == (wanted.of, wanted.to, wanted.at) and all(
            said is None or said == own
            for said, own in (
                (wanted.via, self.via),
                (wanted.what, self.what),
                (wanted.about, self.about),
                (wanted.speaks_of, self.speaks_of),
            )
        )


def told(wanted: Wanted, cast: Cast) -> str:
    """Return *wanted* in words, what is not looked at left out."""
    parts = [
        f"{wanted.of}{f': {wanted.what}' * (wanted.what is not None)} to {cast.name(wanted.to)}",
        f"at {shown(wanted.at)}",
        f"via {', '.join(sorted(wanted.via))}" if wanted.via is not None else "",
        f"about {cast.name(wanted.about)}" if wanted.about is not None else "",
        f"speaking of {cast.names(wanted.speaks_of) or 'nobody'}" if wanted.speaks_of is not None else "",
    ]
    return ", ".join(part for part in parts if part)


def shown(moment: datetime) -> str:
    """Return *moment* as a test file writes it, with the zone's name where it has one."""
    return f"{moment:%a %Y-%m-%d %H:%M %Z}".rstrip()


def messages_of(dispatches: Iterable[Dispatch], register: Register, zone: str, at: datetime | None) -> list[Message]:
    """Return *dispatches* as messages, the ways of one thing together; *at* is when they go out, or each its due."""
    ways: dict[tuple[object, ...], list[Dispatch]] = {}
    for dispatch in dispatches:
        what = what_of(dispatch)
        key = (dispatch.automation, dispatch.verb, what, dispatch.recipient, dispatch.subject, dispatch.slot)
        ways.setdefault(key, []).append(dispatch)
    return [_message(several, register, zone, at) for several in ways.values()]


def _message(several: list[Dispatch], register: Register, zone: str, at: datetime | None) -> Message:
    one = several[0]
    return Message(
        of=one.automation,
        to=one.recipient,
        at=local(at or one.due, _zone(register, one.recipient) or zone),
        via=frozenset(dispatch.channel for dispatch in several),
        what=what_of(one),
        about=one.subject,
        speaks_of=frozenset(one.people),
        reason=one.reason,
    )


def what_of(dispatch: Dispatch) -> str:
    """Return what *dispatch* is called in a test: the message, poll or report, or what the invite says."""
    if dispatch.invite is None:
        return dispatch.what
    if dispatch.invite.method is InviteMethod.CANCEL:
        return "cancel"
    return "update" if dispatch.invite.sequence else "request"


def held_messages(keys: Iterable[str], register: Register, zone: str, at: datetime) -> list[Message]:
    """Return what is held at *at* under *keys*, the ways of one thing together; about what, a key does not say."""
    ways: dict[tuple[str, str, str], set[str]] = {}
    for key in keys:
        automation, step, *_, recipient = key.removeprefix(f"{register.scope}/").split("/")
        _, what, *channel = step.split(".")
        ways.setdefault((automation, what, recipient), set()).update(channel[:1])
    return [
        Message(
            of=automation,
            to=recipient,
            at=local(at, _zone(register, recipient) or zone),
            via=frozenset(channels),
            what=what,
            about="",
            speaks_of=frozenset(),
            reason="the volume guard holds it",
        )
        for (automation, what, recipient), channels in ways.items()
    ]


def _zone(register: Register, person: str) -> str:
    return register.people[person].zone if person in register.people else ""
