"""Rules about when pods meet, measured on the sessions that have a time."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, time
from itertools import pairwise

from convener.decide.chronicle import grouped
from convener.decide.findings.finding import Finding, named
from convener.decide.findings.ground import Ground, Meeting
from convener.decide.moments.timing import local
from convener.errors import Place
from convener.rulesets.calendars import holiday_dates
from convener.rulesets.kinds import Blackout, CoachLoad, Holidays, SessionGap, SessionPattern, SessionWindow
from convener.rulesets.ruleset import Rule

OVERLAP = Rule(
    id="coach-overlap", kind="coach-overlap", inflexible=True, terms=CoachLoad(), place=Place("convener"),
    why="A coach's sessions never overlap, across programmes and clients.",
)  # fmt: skip
"""What holds of coaches everywhere and needs no rule file: they are in one place at a time."""
AWAY = Rule(
    id="coach-away", kind="coach-away", inflexible=True, terms=CoachLoad(), place=Place("convener"),
    why="A coach does not work on the days they are away.",
)  # fmt: skip
"""The same of the days on which coaches are away."""
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def calendar(ground: Ground) -> Iterator[Finding]:
    """Yield what every rule about dates comes to, of past sessions too."""
    for meetings in ground.meetings.values():
        yield from _gaps(ground, meetings)
        yield from _patterns(ground, meetings)
        yield from _windows(ground, meetings)
        yield from _blackouts(ground, meetings)
        yield from _holidays(ground, meetings)
    yield from _clashes(ground)


def _about(
    rule: Rule, meeting: Meeting, text: str, *, breached: bool = False, mark: str = "", before: str | None = None
) -> Finding:
    """Make what *rule* comes to for one meeting, and the session *before* it; its pod's waivers cover it."""
    session = meeting.session
    return Finding(
        rule=rule,
        subject=session.id,
        mark=mark,
        breached=breached,
        text=text,
        names=named(session.id, session.pod, before),
        day=meeting.day,
        ends=meeting.starts,
        severity="low",
    )


def _gaps(ground: Ground, meetings: Sequence[Meeting]) -> Iterator[Finding]:
    for rule, terms in ground.rules_of(SessionGap, ground.pod_of(meetings[0].session)):
        for one, two in pairwise(meetings):
            days, before = (two.day - one.day).days, one.session.id
            bad = not terms.min.days <= days <= terms.max.days
            text = f"{days} days from {before} to {two.session.id}, "
            text += f"not {terms.min} to {terms.max}" if bad else f"{terms.min} to {terms.max} wanted"
            yield _about(rule, two, text, breached=bad, mark=f"after {before}", before=before)


def _patterns(ground: Ground, meetings: Sequence[Meeting]) -> Iterator[Finding]:
    pod, last = meetings[0].session.pod, meetings[-1]
    for rule, terms in ground.rules_of(SessionPattern):
        for aspect in terms.same:
            values = {_aspect(ground, aspect, meeting) for meeting in meetings}
            differ = len(values) > 1
            words = aspect.replace("-", " ")
            text = f"sessions of {pod} {'differ in' if differ else 'agree in'} {words}"
            found = replace(_about(rule, last, text, breached=differ), subject=pod, mark=aspect, day=ground.day)
            yield replace(found, names=named(pod), by_degree=True)


def _aspect(ground: Ground, aspect: str, meeting: Meeting) -> object:
    here = local(meeting.starts, meeting.session.zone or ground.ruleset.zone)
    return {"week-of-month": (here.day - 1) // 7, "weekday": here.weekday(), "time": here.time()}[aspect]


def _windows(ground: Ground, meetings: Sequence[Meeting]) -> Iterator[Finding]:
    for rule, terms in ground.rules_of(SessionWindow, ground.pod_of(meetings[0].session)):
        between = f"{terms.between[0]:%H:%M} to {terms.between[1]:%H:%M} on {', '.join(terms.days)}"
        for meeting in meetings:
            zones = {meeting.session.zone or ground.ruleset.zone}
            if terms.zone == "member":
                zones = {ground.index.zone_of(person) for person in meeting.people} or zones
            outside = sorted(zone for zone in zones if not _lies_in(terms, meeting, zone))
            lies = "lies outside" if outside else "lies within"
            text = f"{meeting.session.id} {lies} {between} in {', '.join(outside or sorted(zones))}"
            yield _about(rule, meeting, text, breached=bool(outside))


def _lies_in(terms: SessionWindow, meeting: Meeting, zone: str) -> bool:
    starts, ends = local(meeting.starts, zone), local(meeting.ends, zone)
    first, last = terms.between
    is_one_day = starts.date() == ends.date() or ends.time() == time()
    return is_one_day and DAYS[starts.weekday()] in terms.days and first <= starts.time() and ends.time() <= last


def _blackouts(ground: Ground, meetings: Sequence[Meeting]) -> Iterator[Finding]:
    for rule, terms in ground.rules_of(Blackout, ground.pod_of(meetings[0].session)):
        for meeting in meetings:
            closed = any(meeting.day in span for span in terms.dates)
            what = "a blackout day" if closed else "no blackout day"
            yield _about(rule, meeting, f"{meeting.session.id} falls on {meeting.day}, {what}", breached=closed)


def _holidays(ground: Ground, meetings: Sequence[Meeting]) -> Iterator[Finding]:
    for rule, terms in ground.rules_of(Holidays, ground.pod_of(meetings[0].session)):
        for meeting in meetings:
            falls = f"{meeting.session.id} falls on {meeting.day}"
            closed = {
                code: name
                for code in sorted(_codes(ground, meeting, terms.also))
                if (name := holiday_dates(code, meeting.day.year, meeting.day.year).get(meeting.day))
            }
            for code, name in closed.items():
                yield _about(rule, meeting, f"{falls}, {name} in {code}", breached=True, mark=code)
            if not closed:
                yield _about(rule, meeting, f"{falls}, no holiday")


def _codes(ground: Ground, meeting: Meeting, also: Sequence[str]) -> set[str]:
    people = ground.register.people
    known = {people[person].holidays for person in (*meeting.people, meeting.coach or "") if person in people}
    return {code for code in (*known, *also, ground.ruleset.holidays) if code}


# -- coaches ------------------------------------------------------------------------------------------------------


def _clashes(ground: Ground) -> Iterator[Finding]:
    every = [meeting for meetings in ground.meetings.values() for meeting in meetings if meeting.coach]
    for coach, meetings in grouped(every, lambda meeting: meeting.coach or "").items():
        elsewhere = [span for known in ground.commitments if known.coach == coach for span in known.sessions]
        if ground.only in ("", OVERLAP.id):
            yield from _overlaps(coach, meetings, elsewhere)
        if ground.only in ("", AWAY.id):
            yield from _away(ground, coach, meetings)
        yield from _per_day(ground, coach, meetings, elsewhere)


def _overlaps(
    coach: str, meetings: Sequence[Meeting], elsewhere: Sequence[tuple[datetime, datetime]]
) -> Iterator[Finding]:
    spans = sorted([(m.starts, m.ends, m.session.id) for m in meetings] + [(*span, "elsewhere") for span in elsewhere])
    by_id = {meeting.session.id: meeting for meeting in meetings}
    for one, two in pairwise(spans):
        meeting = by_id.get(two[2]) or by_id.get(one[2])
        if two[0] < one[1] and meeting is not None:
            text = f"the coach would be at {one[2]} and {two[2]} at once"
            yield _about(OVERLAP, meeting, text, breached=True, mark=f"{coach} {one[2]} {two[2]}")


def _away(ground: Ground, coach: str, meetings: Sequence[Meeting]) -> Iterator[Finding]:
    known = ground.register.coaches.get(coach)
    for meeting in meetings:
        if known is not None and any(meeting.day in span for span in known.away):
            text = f"the coach of {meeting.session.id} is away on {meeting.day}"
            yield _about(AWAY, meeting, text, breached=True, mark=coach)


def _per_day(
    ground: Ground, coach: str, meetings: Sequence[Meeting], elsewhere: Sequence[tuple[datetime, datetime]]
) -> Iterator[Finding]:
    rules = [(rule, terms.max_sessions_per_day) for rule, terms in ground.rules_of(CoachLoad)]
    there = [local(starts, ground.index.zone_of(coach)).date() for starts, _ in elsewhere]
    days = [*(meeting.day for meeting in meetings), *there]
    last = {meeting.day: meeting for meeting in meetings}
    for rule, most in rules:
        for day, meeting in sorted(last.items()):
            if most is None:
                continue
            count = days.count(day)
            text = f"the coach would have {count} sessions on {day}, more than {most}"
            fine = f"the coach has {count} sessions on {day}, at most {most}"
            found = _about(rule, meeting, text if count > most else fine, breached=count > most)
            names = found.names | named(coach, ground.address(coach))
            yield replace(found, subject=coach, mark=str(day), names=names)
