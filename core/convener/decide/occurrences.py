"""When an automation falls due: each moment of the register it names, in each time zone it is lived in."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from convener.decide.facts import Moment, Scene, gather
from convener.decide.index import Index
from convener.decide.lateness import Fate, Late, LatePolicy, deadline_of, fate_of
from convener.decide.prepared import PreparedAutomation
from convener.decide.setting import Due, Setting, Window
from convener.decide.timing import beats, due_of, next_beat, wall
from convener.decide.triggers import Relative, Rhythm
from convener.model import Event, PollRequest, Session, SessionStatus, event_of

MEMORY = timedelta(days=366)
"""How far an automation's flag looks back for its last occurrence."""
MARGIN = timedelta(hours=1)
"""Events this much before the window are looked at again: one may have been written while the last tick ran.
The ledger's unique keys keep them from going out twice."""


LASTING = ("poll.id", "poll.answered")
"""Facts of a poll that time alone does not change."""
_Asked = tuple[Moment, PollRequest, datetime]
"""A poll of one person, and an instant at which it is looked at."""


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
        if isinstance(trigger, Relative):
            yield from (due.instant for due in _dues(setting, automation, zone) if due.instant > now)
        else:
            beat = _next_beat(setting, automation, trigger, zone)
            yield from (beat,) if beat is not None else ()


def _next_beat(setting: Setting, automation: PreparedAutomation, rhythm: Rhythm, zone: str) -> datetime | None:
    """Return the next beat of *rhythm*; over polls, the next at which one is open that the clauses may hold for."""
    now, epoch, holidays = setting.window.now, setting.prepared.ruleset.starts, setting.prepared.holidays
    if not automation.ranges_over_polls:
        return next_beat(rhythm, now, zone, epoch, holidays)
    ahead = [
        (moment, poll)
        for moment, poll in _poll_moments(setting.index)
        if poll.closes > now and _may_chase(setting, automation, LASTING, (moment, poll, max(now, poll.opened)))
    ]
    last = max((poll.closes for _, poll in ahead), default=now)
    for beat, _ in beats(rhythm, (now, last), zone, epoch, holidays):
        if any(_may_chase(setting, automation, automation.poll_names, (*each, beat)) for each in ahead):
            return beat
    return None


def _may_chase(setting: Setting, automation: PreparedAutomation, names: Iterable[str], asked: _Asked) -> bool:
    """Tell whether a poll is open at an instant and no clause certainly false, by the facts *names* of it alone.

    They do not change by themselves: an answer changes the register, and everything is asked again then.
    """
    moment, poll, instant = asked
    if not poll.opened <= instant < poll.closes:
        return False
    facts = gather(names, Scene(index=setting.index, moment=moment, person=poll.person, at=instant))
    return all(clause.test(facts) is not False for clause in automation.clauses)


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
    return _ANCHORS[field](setting, moment, zone)


_ANCHORS: Mapping[str, Callable[[Setting, Moment, str], datetime | None]] = {
    "session.starts": lambda _, moment, __: moment.session.starts if moment.session else None,
    "session.ends": lambda _, moment, __: moment.session.ends if moment.session else None,
    "programme.starts": lambda setting, _, zone: wall(setting.prepared.ruleset.starts, time(), zone),
    "programme.ends": lambda setting, _, __: setting.index.ends_of_programme(),
    "poll.opened": lambda _, moment, __: moment.poll.opened if moment.poll else None,
    "poll.closes": lambda _, moment, __: moment.poll.closes if moment.poll else None,
}


def _dues(setting: Setting, automation: PreparedAutomation, zone: str) -> list[Due]:
    key = (automation.automation.id, zone)
    if key not in setting.dues:
        setting.dues[key] = list(_reckoned(setting, automation, zone))
    return setting.dues[key]


def _reckoned(setting: Setting, automation: PreparedAutomation, zone: str) -> Iterator[Due]:
    trigger = automation.trigger
    if isinstance(trigger, Rhythm):
        yield from _rhythm_dues(setting, automation, trigger, zone, automation.poll_names)
    elif trigger.is_event:
        yield from _event_dues(setting, automation, trigger, zone)
    else:
        yield from _field_dues(setting, trigger, zone)


def _programme(setting: Setting) -> Moment:
    return Moment(subject=setting.index.register.programme)


def _rhythm_dues(
    setting: Setting, automation: PreparedAutomation, rhythm: Rhythm, zone: str, names: Iterable[str]
) -> Iterator[Due]:
    prepared, window = setting.prepared, setting.window
    for instant, slot in beats(rhythm, (window.since, window.now), zone, prepared.ruleset.starts, prepared.holidays):
        if not automation.ranges_over_polls:
            yield Due(_programme(setting), instant, slot)
            continue
        for moment, poll in _poll_moments(setting.index):
            if _may_chase(setting, automation, names, (moment, poll, instant)):
                yield Due(moment, instant, slot)


def _poll_moments(index: Index) -> Iterator[tuple[Moment, PollRequest]]:
    for poll in index.register.polls.values():
        yield Moment(subject=poll.subject, session=index.register.sessions.get(poll.subject), poll=poll), poll


def _field_dues(setting: Setting, trigger: Relative, zone: str) -> Iterator[Due]:
    index = setting.index
    subject = trigger.anchor.partition(".")[0]
    moments: Iterable[Moment]
    if subject == "session":
        moments = (Moment(subject=s.id, session=s) for s in index.register.sessions.values() if _takes_place(s))
    elif subject == "poll":
        moments = (moment for moment, _ in _poll_moments(index))
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
        dues = _rhythm_dues(whole, automation, trigger, zone, ("poll.id",))
    elif trigger.is_event:
        dues = _events_as_dues(setting, trigger, setting.index.latest(trigger.anchor), zone)
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
