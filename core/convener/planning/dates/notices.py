"""Things to know before dates are published: clocks that change inside a series, and dates with nobody to spare."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from convener.model import ProposedSession
from convener.planning.dates.question import DatesQuestion
from convener.planning.pods.question import joined
from convener.rulesets.kinds import Quorum


def notices(question: DatesQuestion, sessions: Sequence[ProposedSession]) -> tuple[str, ...]:
    """Return the notices about *sessions*, clock changes first."""
    return (*_clock_changes(question, sessions), *_tight(question, sessions))


def _clock_changes(question: DatesQuestion, sessions: Sequence[ProposedSession]) -> Iterable[str]:
    if not sessions:
        return
    first, last = min(s.starts for s in sessions), max(s.starts for s in sessions)
    zones: dict[str, set[str]] = {question.ruleset.zone: set()}
    for session in sessions:
        for person in (*session.coming, *session.absent):
            zones.setdefault(question.zone(person), set()).add(session.pod)
    ours = ZoneInfo(question.ruleset.zone)
    moves = {day for zone in zones for day in _moves(ZoneInfo(zone), first, last)}
    for at in sorted(moves):
        for zone in sorted(zones):
            yield from _change(ours, ZoneInfo(zone), at, len(zones[zone]))


def _moves(zone: ZoneInfo, first: datetime, last: datetime) -> Iterable[datetime]:
    """Yield the noons, in UTC, after which the offset of *zone* differs from the noon before."""
    noon = first.astimezone(ZoneInfo("UTC")).replace(hour=12, minute=0, second=0, microsecond=0)
    while noon <= last:
        before = noon - timedelta(days=1)
        if noon.astimezone(zone).utcoffset() != before.astimezone(zone).utcoffset():
            yield noon
        noon += timedelta(days=1)


def _change(ours: ZoneInfo, zone: ZoneInfo, at: datetime, pods: int) -> Iterable[str]:
    """Say how a session at ten on the programme's clock looks in *zone* before and after the change."""
    day = at.astimezone(ours).date()
    hour = datetime(2000, 1, 1, 10, tzinfo=ours).time()
    before = datetime.combine(day - timedelta(days=2), hour, ours)
    after = datetime.combine(day + timedelta(days=1), hour, ours)
    seen = [instant.astimezone(zone) for instant in (before, after)]
    if zone.key == ours.key and before.utcoffset() != after.utcoffset():
        yield f"clocks change in {zone.key} on {day:%-d %B %Y}; sessions keep their hours on that clock"
    elif f"{seen[0]:%H:%M}" != f"{seen[1]:%H:%M}":
        yield (
            f"from {day:%-d %B %Y} sessions fall at another hour in {zone.key} ({_pods(pods)}): "
            f"10:00 in {ours.key} was {seen[0]:%H:%M} there and becomes {seen[1]:%H:%M}"
        )


def _pods(count: int) -> str:
    return f"{count} pod" if count == 1 else f"{count} pods"


def _tight(question: DatesQuestion, sessions: Sequence[ProposedSession]) -> Iterable[str]:
    rules = [terms for rule, terms in question.ruleset.rules_of(Quorum) if rule.inflexible]
    for session in sessions:
        size = len(session.coming) + len(session.absent)
        spare = min((len(session.coming) - terms.needed(size) for terms in rules), default=1)
        if spare == 0 and session.status == "proposed" and session.absent:
            away = joined([question.name(person) for person in session.absent])
            yield (
                f"{session.pod}/{session.number} on {question.day(session.starts):%-d %B %Y} just makes its quorum, "
                f"{len(session.coming)} of {size}: without {away} nobody else can be missing"
            )
