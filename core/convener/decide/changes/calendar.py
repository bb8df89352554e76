"""Which rules about when pods meet a register breaks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import pairwise

from convener.decide.changes.breach import Breach, breach
from convener.decide.index import grouped
from convener.decide.timing import local
from convener.model import Commitment, Register, Session, SessionStatus
from convener.rulesets.calendars import holiday_dates
from convener.rulesets.kinds import Blackout, CoachLoad, Holidays, SessionGap, SessionPattern, SessionWindow
from convener.rulesets.ruleset import Ruleset

OVERLAP = "coach-overlap"
"""What the design says of coaches and needs no rule file for: their sessions never overlap."""
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A session with a time, and the date and people that follow from it."""

    session: Session
    starts: datetime
    ends: datetime
    day: date
    coach: str | None
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Diary:
    """Every meeting that takes place, by pod and in order of number."""

    ruleset: Ruleset
    register: Register
    meetings: Mapping[str, list[Meeting]]

    @property
    def all(self) -> list[Meeting]:
        """Every meeting."""
        return [meeting for several in self.meetings.values() for meeting in several]

    def zone(self, person: str) -> str:
        """Return the zone of *person*'s wall clock."""
        known = self.register.people.get(person)
        return (known.zone if known else "") or self.ruleset.zone


def diary_of(ruleset: Ruleset, register: Register) -> Diary:
    """Read the sessions that have a time and are not cancelled."""
    found = [
        _meeting(ruleset, register, session, session.starts, session.ends)
        for session in sorted(register.sessions.values(), key=lambda session: (session.pod, session.number))
        if session.starts and session.ends and session.status is not SessionStatus.CANCELLED
    ]
    return Diary(ruleset, register, grouped(found, lambda meeting: meeting.session.pod))


def _meeting(ruleset: Ruleset, register: Register, session: Session, starts: datetime, ends: datetime) -> Meeting:
    day = local(starts, session.zone or ruleset.zone).date()
    return Meeting(
        session=session,
        starts=starts,
        ends=ends,
        day=day,
        coach=register.coach_of(session.pod, day),
        people=tuple(register.members(session.pod, day)),
    )


def calendar_breaches(diary: Diary, commitments: Sequence[Commitment] = ()) -> Iterator[Breach]:
    """Yield what the sessions of *diary* break; *commitments* are what coaches carry elsewhere."""
    for meetings in diary.meetings.values():
        yield from _gaps(diary, meetings)
        yield from _patterns(diary, meetings)
        for meeting in meetings:
            yield from _window(diary, meeting)
            yield from _closed(diary, meeting)
    yield from _clashes(diary, commitments)


def _pod_name(diary: Diary, pod: str) -> str:
    known = diary.register.pods.get(pod)
    return known.name if known else pod


def _gaps(diary: Diary, meetings: Sequence[Meeting]) -> Iterator[Breach]:
    for one, two in pairwise(meetings):
        days = (two.day - one.day).days
        for rule, terms in diary.ruleset.rules_of(SessionGap, _pod_name(diary, one.session.pod)):
            if not terms.min.days <= days <= terms.max.days:
                text = f"{days} days from {one.session.id} to {two.session.id}, not {terms.min} to {terms.max}"
                yield breach(rule, f"{one.session.id} {two.session.id}", text)


def _patterns(diary: Diary, meetings: Sequence[Meeting]) -> Iterator[Breach]:
    for rule, terms in diary.ruleset.rules_of(SessionPattern):
        for aspect in terms.same:
            values = {_aspect(diary, aspect, meeting) for meeting in meetings}
            if len(values) > 1:
                pod = meetings[0].session.pod
                yield breach(rule, f"{pod} {aspect}", f"sessions of {pod} differ in {aspect.replace('-', ' ')}")


def _aspect(diary: Diary, aspect: str, meeting: Meeting) -> object:
    here = local(meeting.starts, meeting.session.zone or diary.ruleset.zone)
    return {"week-of-month": (here.day - 1) // 7, "weekday": here.weekday(), "time": here.time()}[aspect]


def _window(diary: Diary, meeting: Meeting) -> Iterator[Breach]:
    for rule, terms in diary.ruleset.rules_of(SessionWindow, _pod_name(diary, meeting.session.pod)):
        zones = {meeting.session.zone or diary.ruleset.zone}
        if terms.zone == "member":
            zones = {diary.zone(person) for person in meeting.people} or zones
        outside = sorted(zone for zone in zones if not _lies_in(terms, meeting, zone))
        if outside:
            between = f"{terms.between[0]:%H:%M} to {terms.between[1]:%H:%M} on {', '.join(terms.days)}"
            text = f"{meeting.session.id} lies outside {between} in {', '.join(outside)}"
            yield breach(rule, meeting.session.id, text)


def _lies_in(terms: SessionWindow, meeting: Meeting, zone: str) -> bool:
    starts, ends = local(meeting.starts, zone), local(meeting.ends, zone)
    first, last = terms.between
    is_one_day = starts.date() == ends.date() or ends.time() == time()
    return is_one_day and DAYS[starts.weekday()] in terms.days and first <= starts.time() and ends.time() <= last


def _closed(diary: Diary, meeting: Meeting) -> Iterator[Breach]:
    session = meeting.session
    for rule, blackout in diary.ruleset.rules_of(Blackout, _pod_name(diary, session.pod)):
        if any(meeting.day in span for span in blackout.dates):
            yield breach(rule, session.id, f"{session.id} falls on {meeting.day}, a blackout day")
    for rule, holidays in diary.ruleset.rules_of(Holidays, _pod_name(diary, session.pod)):
        for code in sorted(_codes(diary, meeting, holidays.also)):
            name = holiday_dates(code, meeting.day.year, meeting.day.year).get(meeting.day)
            if name:
                yield breach(rule, f"{session.id} {code}", f"{session.id} falls on {meeting.day}, {name} in {code}")


def _codes(diary: Diary, meeting: Meeting, also: Sequence[str]) -> set[str]:
    people = diary.register.people
    known = {people[person].holidays for person in (*meeting.people, meeting.coach or "") if person in people}
    return {code for code in (*known, *also, diary.ruleset.holidays) if code}


def _clashes(diary: Diary, commitments: Sequence[Commitment]) -> Iterator[Breach]:
    booked = grouped((meeting for meeting in diary.all if meeting.coach), lambda meeting: meeting.coach or "")
    for coach, meetings in booked.items():
        elsewhere = [span for commitment in commitments if commitment.coach == coach for span in commitment.sessions]
        yield from _overlaps(coach, meetings, elsewhere)
        yield from _away(diary, coach, meetings)
        yield from _per_day(diary, coach, meetings, elsewhere)


def _overlaps(
    coach: str, meetings: Sequence[Meeting], elsewhere: Sequence[tuple[datetime, datetime]]
) -> Iterator[Breach]:
    spans = sorted([(m.starts, m.ends, m.session.id) for m in meetings] + [(*span, "elsewhere") for span in elsewhere])
    for one, two in pairwise(spans):
        if two[0] < one[1]:
            names = f"{one[2]} {two[2]}"
            text = f"the coach would be at {one[2]} and {two[2]} at once"
            yield Breach(rule=OVERLAP, inflexible=True, subject=f"{coach} {names}", text=text)


def _away(diary: Diary, coach: str, meetings: Sequence[Meeting]) -> Iterator[Breach]:
    known = diary.register.coaches.get(coach)
    for meeting in meetings:
        if known is not None and any(meeting.day in span for span in known.away):
            text = f"the coach of {meeting.session.id} is away on {meeting.day}"
            yield Breach(rule="coach-away", inflexible=True, subject=f"{coach} {meeting.session.id}", text=text)


def _per_day(
    diary: Diary, coach: str, meetings: Sequence[Meeting], elsewhere: Sequence[tuple[datetime, datetime]]
) -> Iterator[Breach]:
    days = [meeting.day for meeting in meetings]
    days += [local(starts, diary.zone(coach)).date() for starts, _ in elsewhere]
    for rule, terms in diary.ruleset.rules_of(CoachLoad):
        for day in sorted(set(days)):
            most = terms.max_sessions_per_day
            if most is not None and days.count(day) > most:
                text = f"the coach would have {days.count(day)} sessions on {day}, more than {most}"
                yield breach(rule, f"{coach} {day}", text)
