"""When an automation falls due: each moment of the register it names, in each time zone it is lived in."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta

from convener.decide.facts import Moment
from convener.decide.index import Index
from convener.decide.lateness import Fate, Late, LatePolicy, deadline_of, fate_of
from convener.decide.prepared import Prepared, PreparedAutomation
from convener.decide.timing import beats, due_of, next_beat, wall
from convener.decide.triggers import Relative, Rhythm
from convener.model import Event, Session, SessionStatus, event_of

MEMORY = timedelta(days=366)
"""How far an automation's flag looks back for its last occurrence."""
MARGIN = timedelta(hours=1)
"""Events this much before the window are looked at again: one may have been written while the last tick ran.
The ledger's unique keys keep them from going out twice."""


@dataclass(frozen=True, slots=True)
class Window:
    """The stretch of time decided over: *since* excluded, *now* included."""

    since: datetime
    now: datetime
    rehearsal: bool = False
    """Whether to decide as if it had been asked at every instant, not only at the end."""

    def present(self, due: datetime) -> datetime:
        """Return the instant at which an occurrence due at *due* is decided over."""
        return max(due, self.since) if self.rehearsal else self.now


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One firing of an automation, before anyone asked for whom."""

    moment: Moment
    due: datetime
    slot: str
    zone: str
    """Zone of the wall clock it was reckoned on; it is for the people who live by it."""
    deadline: datetime | None
    fate: Fate


@dataclass(frozen=True, slots=True)
class Due:
    """One moment of an automation with its instant and slot, whenever that is."""

    moment: Moment
    instant: datetime
    slot: str


@dataclass(frozen=True, slots=True)
class Setting:
    """What every question of one decision refers to."""

    prepared: Prepared
    index: Index
    window: Window
    dues: dict[tuple[str, str], list["Due"]] = field(init=False, default_factory=dict, repr=False, compare=False)
    """What has been reckoned already, by automation and zone."""

    def zones_of(self, automation: PreparedAutomation) -> tuple[str, ...]:
        """Return the zones in which *automation* falls due."""
        if automation.automation.in_programme_zone:
            return (self.prepared.ruleset.zone,)
        return self.index.zones_of(automation.automation.for_each)


def occurrences(setting: Setting, automation: PreparedAutomation) -> Iterator[Occurrence]:
    """Yield what of *automation* is due in the window, and what `late` still lets through from before."""
    for zone in setting.zones_of(automation):
        for due in _dues(setting, automation, zone):
            made = _occurrence(setting, automation, due, zone)
            if made is not None:
                yield made


def upcoming(setting: Setting, automation: PreparedAutomation) -> Iterator[datetime]:
    """Yield instants after the window at which *automation* falls due as the register stands."""
    now = setting.window.now
    trigger = automation.trigger
    for zone in setting.zones_of(automation):
        if isinstance(trigger, Rhythm):
            beat = next_beat(trigger, now, zone, setting.prepared.ruleset.starts, setting.prepared.holidays)
            ahead = beat is not None and (
                not automation.ranges_over_polls or any(poll.closes > beat for poll in setting.index.open_polls(now))
            )
            yield from (beat,) if beat is not None and ahead else ()
        else:
            yield from (due.instant for due in _dues(setting, automation, zone) if due.instant > now)


def _occurrence(setting: Setting, automation: PreparedAutomation, due: Due, zone: str) -> Occurrence | None:
    window, late = setting.window, automation.late
    if due.instant > window.now:
        return None
    is_event = isinstance(automation.trigger, Relative) and automation.trigger.is_event
    deadline = deadline_of(late, due.instant, _field(setting, late, due.moment, zone), is_event=is_event)
    looks_back = late.policy is LatePolicy.UNTIL
    earliest = window.since - MARGIN if is_event else window.since
    if due.instant <= earliest and not looks_back:
        return None
    fate = fate_of(late, (window.since, window.present(due.instant)), due.instant, deadline)
    if fate is Fate.GONE:
        return None
    return Occurrence(
        moment=due.moment, due=due.instant, slot=due.slot, zone=zone, deadline=deadline, fate=fate
    )  # fmt: skip


def _field(setting: Setting, late: Late, moment: Moment, zone: str) -> datetime | None:
    return anchor_of(setting, late.until, moment, zone) if late.until else None


def anchor_of(setting: Setting, field: str, moment: Moment, zone: str) -> datetime | None:
    """Return the instant of *field* for *moment*, None when the register does not know it."""
    session, poll = moment.session, moment.poll
    known: Mapping[str, Callable[[], datetime | None]] = {
        "session.starts": lambda: session.starts if session else None,
        "session.ends": lambda: session.ends if session else None,
        "programme.starts": lambda: wall(setting.prepared.ruleset.starts, time(), zone),
        "programme.ends": setting.index.ends_of_programme,
        "poll.opened": lambda: poll.opened if poll else None,
        "poll.closes": lambda: poll.closes if poll else None,
    }
    return known[field]()


def _dues(setting: Setting, automation: PreparedAutomation, zone: str) -> list[Due]:
    key = (automation.automation.id, zone)
    if key not in setting.dues:
        setting.dues[key] = list(_reckoned(setting, automation, zone))
    return setting.dues[key]


def _reckoned(setting: Setting, automation: PreparedAutomation, zone: str) -> Iterator[Due]:
    trigger = automation.trigger
    if isinstance(trigger, Rhythm):
        yield from _rhythm_dues(setting, automation, trigger, zone)
    elif trigger.is_event:
        yield from _event_dues(setting, automation, trigger, zone)
    else:
        yield from _field_dues(setting, trigger, zone)


def _programme(setting: Setting) -> Moment:
    return Moment(subject=setting.index.register.programme)


def _rhythm_dues(setting: Setting, automation: PreparedAutomation, rhythm: Rhythm, zone: str) -> Iterator[Due]:
    index, prepared, window = setting.index, setting.prepared, setting.window
    for instant, slot in beats(rhythm, (window.since, window.now), zone, prepared.ruleset.starts, prepared.holidays):
        if not automation.ranges_over_polls:
            yield Due(_programme(setting), instant, slot)
            continue
        for moment in _poll_moments(index):
            if moment.poll and moment.poll.opened <= instant < moment.poll.closes:
                yield Due(moment, instant, slot)


def _poll_moments(index: Index) -> Iterator[Moment]:
    for poll in index.register.polls.values():
        yield Moment(subject=poll.subject, session=index.register.sessions.get(poll.subject), poll=poll)


def _field_dues(setting: Setting, trigger: Relative, zone: str) -> Iterator[Due]:
    index = setting.index
    subject = trigger.anchor.partition(".")[0]
    moments: Iterable[Moment]
    if subject == "session":
        moments = (Moment(subject=s.id, session=s) for s in index.register.sessions.values() if _takes_place(s))
    elif subject == "poll":
        moments = _poll_moments(index)
    else:
        moments = (_programme(setting),)
    earliest = setting.window.since - trigger.reach
    for moment in moments:
        anchor = anchor_of(setting, trigger.anchor, moment, zone)
        if anchor is None or anchor < earliest:
            continue
        yield Due(moment, *due_of(trigger, anchor, zone, setting.prepared.holidays))


def _takes_place(session: Session) -> bool:
    return session.starts is not None and session.status is not SessionStatus.CANCELLED


def last_dues(setting: Setting, automation: PreparedAutomation, zone: str) -> list[Due]:
    """Return the latest moment of *automation* up to the end of the window: of each person, pod or subject."""
    trigger, now = automation.trigger, setting.window.now
    whole = replace(setting, window=Window(max(setting.index.live_since, now - MEMORY), now))
    if isinstance(trigger, Rhythm):
        dues = _rhythm_dues(whole, automation, trigger, zone)
    elif trigger.is_event:
        dues = _events_as_dues(setting, trigger, _last_events(setting.index, trigger.anchor), zone)
    else:
        dues = _field_dues(whole, trigger, zone)
    found: dict[str, Due] = {}
    for due in sorted(dues, key=lambda due: due.instant):
        if due.instant <= now:
            found[_whose(due.moment)] = due
    return list(found.values())


def _whose(moment: Moment) -> str:
    event = moment.event or moment.poll
    if event is not None and event.person:
        return event.person
    return moment.session.pod if moment.session else moment.subject


def _last_events(index: Index, name: str) -> list[Event]:
    """Return for each person, else subject, the event *name* of their latest session, whenever it was recorded."""
    found: dict[str, tuple[datetime, Event]] = {}
    for event in index.events.get(name, ()):
        session = index.register.sessions.get(event.subject)
        when = session.starts if session is not None and session.starts else event.at
        whose = event.person or (session.pod if session else event.subject)
        if whose not in found or found[whose][0] <= when:
            found[whose] = (when, event)
    return [event for _, event in found.values()]


# -- events -------------------------------------------------------------------------------------------------------


def _event_dues(setting: Setting, automation: PreparedAutomation, trigger: Relative, zone: str) -> Iterator[Due]:
    index, window = setting.index, setting.window
    reopened = _reopened(setting, trigger) if automation.awaits_registers else {}
    events = index.events_since(trigger.anchor, window.since - MARGIN - trigger.reach)
    events = [*events, *(event for event, _ in reopened.values()), *_expected(setting, trigger)]
    for due in _events_as_dues(setting, trigger, events, zone):
        yield due
        if due.slot in reopened and reopened[due.slot][1] > due.instant:
            yield replace(due, instant=reopened[due.slot][1])


def _events_as_dues(setting: Setting, trigger: Relative, events: Iterable[Event], zone: str) -> Iterator[Due]:
    index, holidays = setting.index, setting.prepared.holidays
    for event in events:
        moment = _event_moment(index, event)
        if moment is not None and not index.is_repeated(event):
            yield Due(moment, due_of(trigger, max(event.at, index.live_since), zone, holidays)[0], event.id)


def _event_moment(index: Index, event: Event) -> Moment | None:
    """Return what *event* is about, None for one of a session without a time or since cancelled."""
    session = index.register.sessions.get(event.subject)
    if event.name.startswith(("session.", "attendance.")):
        if session is None or session.starts is None:
            return None
        if session.status is SessionStatus.CANCELLED and event.name != "session.cancelled":
            return None
    return Moment(subject=event.subject, session=session, event=event)


def _reopened(setting: Setting, trigger: Relative) -> dict[str, tuple[Event, datetime]]:
    """Return session events whose register came in lately, by id, with when it did."""
    if trigger.anchor == "attendance.recorded" or not trigger.anchor.startswith("session."):
        return {}
    index = setting.index
    lately = {
        event.subject: event.at
        for event in index.events_since("attendance.recorded", setting.window.since - MARGIN)
    }  # fmt: skip
    if not lately:
        return {}
    return {e.id: (e, lately[e.subject]) for e in index.events.get(trigger.anchor, ()) if e.subject in lately}


def _expected(setting: Setting, trigger: Relative) -> Iterator[Event]:
    """Yield the end of each confirmed session in a rehearsed window, as if it had been held."""
    register, window = setting.index.register, setting.window
    if not window.rehearsal or trigger.anchor != "session.held":
        return
    for session in register.sessions.values():
        if session.status is SessionStatus.CONFIRMED and session.ends and window.since < session.ends <= window.now:
            yield event_of("session.held", register.scope, session.id, at=session.ends)
