"""Things to know before dates are published: clocks that change inside a series, and dates with nobody to spare."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from convener.model import ProposedSession
from convener.planning.dates.question import DatesQuestion
from convener.planning.pods.question import joined
from convener.rulesets.kinds import Quorum

NOON = time(12)
Residents = dict[str, set[str]]
"""Who lives in one zone, by pod."""


def notices(question: DatesQuestion, sessions: Sequence[ProposedSession]) -> tuple[str, ...]:
    """Return the notices about *sessions*, clock changes first."""
    return (*_clock_changes(question, sessions), *_tight(question, sessions), *_led_by_nobody(question, sessions))


def _clock_changes(question: DatesQuestion, sessions: Sequence[ProposedSession]) -> Iterable[str]:
    """Tell of every change of clocks between two sessions of a pod, for each zone its people live in."""
    by_pod: dict[str, list[ProposedSession]] = defaultdict(list)
    zones: dict[str, Residents] = defaultdict(lambda: defaultdict(set))
    pods = {pod.id: pod for pod in question.pods}
    for session in sessions:
        by_pod[session.pod].append(session)
        coach = pods[session.pod].coach(question.day(session.starts)) if session.pod in pods else None
        for person in (*session.coming, *session.absent, *([coach] if coach else [])):
            zones[question.zone(person)][session.pod].add(person)
        zones.setdefault(question.ruleset.zone, defaultdict(set))
    moves = sorted({day for zone in zones for day in _moves(question, zone, sessions)})
    for day in moves:
        across = {pod: met for pod, met in by_pod.items() if _spans(question, met, day)}
        for zone in sorted(zones):
            yield from _change(question, zone, day, zones[zone], across)


def _moves(question: DatesQuestion, zone: str, sessions: Sequence[ProposedSession]) -> Iterable[date]:
    """Yield the days between the first and last session from whose noon on *zone* has another offset from UTC."""
    first, last = min(s.starts for s in sessions), max(s.starts for s in sessions)
    day, there = question.day(first), ZoneInfo(zone)
    before = _offset(day, there)
    while day <= question.day(last):
        offset = _offset(day, there)
        if offset != before:
            yield day
        before, day = offset, day + timedelta(days=1)


def _offset(day: date, zone: ZoneInfo) -> timedelta | None:
    return datetime.combine(day, NOON, zone).utcoffset()


def _spans(question: DatesQuestion, met: Sequence[ProposedSession], day: date) -> bool:
    days = [question.day(session.starts) for session in met]
    return min(days) < day <= max(days)


def _change(
    question: DatesQuestion, zone: str, day: date, who: Residents, across: Mapping[str, Sequence[ProposedSession]]
) -> Iterable[str]:
    """Say how the hour that most sessions have on the programme's clock looks in *zone* before and after the change."""
    ours, there = ZoneInfo(question.ruleset.zone), ZoneInfo(zone)
    dates = [datetime.combine(day + timedelta(days=shift), NOON, ours) for shift in (-2, 1)]
    if zone == ours.key:
        if across and dates[0].utcoffset() != dates[1].utcoffset():
            yield f"clocks change in {zone} on {day:%-d %B %Y}; sessions keep their hours on that clock"
        return
    pods = [pod for pod in across if who.get(pod)]
    if not pods:
        return
    hour = _usual([session for pod in pods for session in across[pod]], ours)
    before, after = (datetime.combine(at.date(), hour, ours).astimezone(there) for at in dates)
    if f"{before:%H:%M}" != f"{after:%H:%M}":
        people = len({person for pod in pods for person in who[pod]})
        yield (
            f"from {day:%-d %B %Y} sessions fall at another hour in {zone} ({_count(people, 'person', 'people')} in "
            f"{_count(len(pods), 'pod', 'pods')}): {hour:%H:%M} in {ours.key} was {before:%H:%M} there and becomes "
            f"{after:%H:%M}"
        )


def _usual(sessions: Sequence[ProposedSession], ours: ZoneInfo) -> time:
    """Return the hour that most of *sessions* start at on the programme's clock, of equals the earliest."""
    counts = Counter(session.starts.astimezone(ours).time() for session in sessions)
    return min(counts, key=lambda hour: (-counts[hour], hour))


def _count(count: int, one: str, several: str) -> str:
    return f"{count} {one if count == 1 else several}"


def _tight(question: DatesQuestion, sessions: Sequence[ProposedSession]) -> Iterable[str]:
    needing = {
        pod.id: [rule.terms for rule in question.rules(pod).values() if rule.inflexible] for pod in question.pods
    }
    for session in sessions:
        size = len(session.coming) + len(session.absent)
        rules = [terms for terms in needing.get(session.pod, ()) if isinstance(terms, Quorum)]
        spare = min((len(session.coming) - terms.needed(size) for terms in rules), default=1)
        if spare == 0 and session.status == "proposed" and session.absent:
            away = joined([question.name(person) for person in session.absent])
            yield (
                f"{session.pod}/{session.number} on {question.day(session.starts):%-d %B %Y} just makes its quorum, "
                f"{len(session.coming)} of {size}: without {away} nobody else can be missing"
            )


def _led_by_nobody(question: DatesQuestion, sessions: Sequence[ProposedSession]) -> Iterable[str]:
    """Tell of every session that keeps its date although its coach is away by now."""
    pods = {pod.id: pod for pod in question.pods}
    for session in sessions:
        day = question.day(session.starts)
        coach = pods[session.pod].coach(day) or ""
        if session.status == "confirmed" and session.starts > question.earliest and _away(question, coach, session):
            yield (
                f"{session.pod}/{session.number} keeps its date, {day:%-d %B %Y}, though {question.name(coach)} is "
                f"away: plan with --replan, or give the pod another coach"
            )


def _away(question: DatesQuestion, coach: str, session: ProposedSession) -> bool:
    known, zone = question.register.coaches.get(coach), ZoneInfo(question.zone(coach))
    first, last = (at.astimezone(zone).date() for at in (session.starts, session.ends))
    return known is not None and any(first <= span.last and span.first <= last for span in known.away)
