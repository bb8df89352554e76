"""The moments of automations that wait for something: for an event, or for a time before or after a field."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta

from convener.decide.chronicle import LONG_AGO
from convener.decide.index import Index
from convener.decide.moments.moment import Due, Moment
from convener.decide.moments.timing import Life, due_of, wall
from convener.decide.moments.triggers import Relative
from convener.decide.prepared import PreparedAutomation
from convener.decide.setting import Setting
from convener.model import Event, PollRequest, Session, SessionStatus, event_of

MARGIN = timedelta(hours=1)
"""Events this much before the window are looked at again: one may have been written while the last tick ran.
The ledger's unique keys keep them from going out twice."""


def anchor_of(setting: Setting, field: str, moment: Moment, life: Life) -> datetime | None:
    """Return the instant of *field* for *moment*, None when the register does not know it."""
    return _ANCHORS[field](setting, moment, life.zone)


_ANCHORS: Mapping[str, Callable[[Setting, Moment, str], datetime | None]] = {
    "session.starts": lambda _, moment, __: moment.session.starts if moment.session else None,
    "session.ends": lambda _, moment, __: moment.session.ends if moment.session else None,
    "programme.starts": lambda setting, _, zone: wall(setting.prepared.ruleset.starts, time(), zone),
    "programme.ends": lambda setting, _, __: setting.index.ends_of_programme(),
    "poll.opened": lambda _, moment, __: moment.poll.opened if moment.poll else None,
    "poll.closes": lambda _, moment, __: moment.poll.closes if moment.poll else None,
}


def programme_of(setting: Setting) -> Moment:
    """Return the moment that is about the programme as a whole."""
    return Moment(subject=setting.index.register.programme)


def poll_moments(index: Index, polls: Iterable[PollRequest]) -> Iterator[tuple[Moment, PollRequest]]:
    """Yield what each of *polls* is about."""
    for poll in polls:
        yield Moment(subject=poll.subject, session=index.register.sessions.get(poll.subject), poll=poll), poll


def is_lived(setting: Setting, automation: PreparedAutomation, person: str, life: Life) -> bool:
    """Tell whether *automation* falls due for *person* by the clock of *life*."""
    return automation.automation.in_programme_zone or setting.index.life_of(person) == life


# -- fields -------------------------------------------------------------------------------------------------------


def field_dues(setting: Setting, automation: PreparedAutomation, trigger: Relative, life: Life) -> list[Due]:
    """Return every moment before or after a field that the register knows, in order; reckoned once for an index."""
    index, key = setting.index, (automation.automation.id, life)
    known = index.polls.dues if trigger.anchor.startswith("poll.") else index.timetable.dues
    if key not in known:
        known[key] = _in_order(_field_dues(setting, automation, trigger, life))
    return known[key]


def _field_dues(setting: Setting, automation: PreparedAutomation, trigger: Relative, life: Life) -> Iterator[Due]:
    holidays = setting.prepared.closed(life)
    for moment in _moments(setting, automation, trigger.anchor.partition(".")[0], life):
        anchor = anchor_of(setting, trigger.anchor, moment, life)
        if anchor is not None:
            yield Due(moment, *due_of(trigger, anchor, life.zone, holidays))


def _moments(setting: Setting, automation: PreparedAutomation, subject: str, life: Life) -> Iterator[Moment]:
    index = setting.index
    if subject == "session":
        sessions = index.register.sessions.values()
        yield from (Moment(subject=s.id, session=s) for s in sessions if _takes_place(s))
    elif subject == "poll":
        for moment, poll in poll_moments(index, index.polls.polls):
            if is_lived(setting, automation, poll.person, life):
                yield moment
    else:
        yield programme_of(setting)


def _takes_place(session: Session) -> bool:
    return session.starts is not None and session.status is not SessionStatus.CANCELLED


# -- events -------------------------------------------------------------------------------------------------------


def event_dues(setting: Setting, automation: PreparedAutomation, trigger: Relative, life: Life) -> list[Due]:
    """Return what follows from events that may still fall into the window or after it, in order.

    What follows from those of the register is reckoned once for an index, unless an earlier window asks.
    """
    index, key, since = setting.index, (automation.automation.id, life), setting.window.since
    known = index.dues.get(key)
    if known is None or since < known[0]:
        begins = LONG_AGO if automation.lasts else since - MARGIN - trigger.reach
        events = index.events_since(trigger.anchor, begins)
        known = index.dues[key] = (since, _in_order(_events_as_dues(setting, trigger, events, life)))
    further = list(_events_as_dues(setting, trigger, _expected(setting, trigger), life))
    if automation.awaits_registers:
        further += _reopened(setting, trigger, life)
    return _in_order([*known[1], *further]) if further else known[1]


def latest_dues(setting: Setting, automation: PreparedAutomation, trigger: Relative, life: Life) -> list[Due]:
    """Return what follows from the latest event of each subject, in order; reckoned once for an index."""
    index, key = setting.index, (automation.automation.id, life)
    if key not in index.last:
        index.last[key] = _in_order(_events_as_dues(setting, trigger, index.latest(trigger.anchor), life))
    return index.last[key]


def _in_order(dues: Iterable[Due]) -> list[Due]:
    return sorted(dues, key=lambda due: due.instant)


def _events_as_dues(setting: Setting, trigger: Relative, events: Iterable[Event], life: Life) -> Iterator[Due]:
    """Yield what follows from *events*, each under its id as the slot; a draft's count from going live."""
    index, holidays = setting.index, setting.prepared.closed(life)
    for event in events:
        moment = _event_moment(index, event)
        if moment is not None and not index.is_repeated(event):
            yield Due(moment, due_of(trigger, max(event.at, index.live_since), life.zone, holidays)[0], event.id)


def _event_moment(index: Index, event: Event) -> Moment | None:
    """Return what *event* is about, None for one of a session without a time or since cancelled."""
    session = index.register.sessions.get(event.subject)
    if event.name.startswith(("session.", "attendance.")):
        if session is None or session.starts is None:
            return None
        if session.status is SessionStatus.CANCELLED and event.name != "session.cancelled":
            return None
    return Moment(subject=event.subject, session=session, event=event)


def _reopened(setting: Setting, trigger: Relative, life: Life) -> Iterator[Due]:
    """Yield session events again at each instant at which more of their register came in, lately and after them."""
    index = setting.index
    lately: dict[str, set[datetime]] = {}
    for event in index.events_since("attendance.recorded", setting.window.since - MARGIN):
        lately.setdefault(event.subject, set()).add(event.at)
    events = [e for e in index.events.get(trigger.anchor, ()) if e.subject in lately] if lately else []
    for due in _events_as_dues(setting, trigger, events, life):
        yield from (replace(due, instant=at) for at in sorted(lately[due.moment.subject]) if at > due.instant)


def _expected(setting: Setting, trigger: Relative) -> Iterator[Event]:
    """Yield the end of each confirmed session in a rehearsed window, as if it had been held."""
    register, window = setting.index.register, setting.window
    if not window.rehearsal or trigger.anchor != "session.held":
        return
    for session in register.sessions.values():
        if session.status is SessionStatus.CONFIRMED and session.ends and window.since < session.ends <= window.now:
            yield event_of("session.held", register.scope, session.id, at=session.ends)
