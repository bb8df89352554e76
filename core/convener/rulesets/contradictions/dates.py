"""Rules about when a pod meets that no calendar could keep."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from convener.errors import Problem
from convener.model import Span, Unit
from convener.rulesets.contradictions.clash import Party, clash, of_kind, pairs_of
from convener.rulesets.kinds import Blackout, SessionGap, SessionPattern, SessionWindow, TimezoneOverlap
from convener.rulesets.ruleset import Rule
from convener.rulesets.tables import ProgrammeTable

_OFFICE = (time(9), time(17))
"""Working hours where no window speaks of members' own clocks."""
_WEEK = 7
_MONTHLY = 22
"""Fewest days from a week of one month to the same week of the next: 7 February to 1 March."""
_MONTHLY_WEEKDAY = 28
"""The same on one weekday."""


def _gaps(rules: dict[str, Rule]) -> Iterator[Problem]:
    for (one, low), (other, high) in pairs_of(rules, SessionGap):
        if max(low.min.days, high.min.days) > min(low.max.days, high.max.days):
            text = f"a gap of {high.min} to {high.max} cannot also be of {low.min} to {low.max}"
            yield clash(text, Party(one, "min"), Party(other, "min"), hint="let the gaps overlap, or drop one")


def _windows(rules: dict[str, Rule]) -> Iterator[Problem]:
    for (one, first), (other, second) in pairs_of(rules, SessionWindow):
        if first.zone != second.zone:
            continue
        if not set(first.days) & set(second.days):
            text = f"no day is among {', '.join(second.days)} and also among {', '.join(first.days)}"
            yield clash(text, Party(one, "days"), Party(other, "days"), hint="let them share a day, or drop one")
        elif max(first.between[0], second.between[0]) >= min(first.between[1], second.between[1]):
            text = f"no hour lies in {_hours(second)} and in {_hours(first)}"
            yield clash(text, Party(one, "between"), Party(other, "between"), hint="let the hours overlap")


def _patterns(rules: dict[str, Rule]) -> Iterator[Problem]:
    for one, gap in of_kind(rules, SessionGap):
        for other, pattern in of_kind(rules, SessionPattern):
            if not any(_falls_alike(days, pattern) for days in range(gap.min.days, min(gap.max.days, 400) + 1)):
                text = f"no gap of {gap.min} to {gap.max} leads to the same {' and '.join(pattern.same)} again"
                yield clash(text, Party(one, "max"), Party(other, "same"), hint="a month apart is 28 to 35 days")


def _falls_alike(days: int, pattern: SessionPattern) -> bool:
    """Tell whether two dates so many *days* apart can be alike in what *pattern* asks for."""
    weekly = "weekday" in pattern.same
    if weekly and days % _WEEK:
        return False
    if "week-of-month" not in pattern.same:
        return True
    return days < _WEEK or days >= (_MONTHLY_WEEKDAY if weekly else _MONTHLY)


def _overlaps(rules: dict[str, Rule]) -> Iterator[Problem]:
    """Yield each shared time that is longer than the working hours it is to be shared in."""
    own = [(rule, window) for rule, window in of_kind(rules, SessionWindow) if window.zone == "member"]
    begin = max((window.between[0] for _, window in own), default=_OFFICE[0])
    end = min((window.between[1] for _, window in own), default=_OFFICE[1])
    for rule, overlap in of_kind(rules, TimezoneOverlap):
        if overlap.min.is_exact and overlap.min.as_timedelta() > max(_between(begin, end), timedelta()):
            text = f"{overlap.min} cannot be shared in working hours from {begin:%H:%M} to {end:%H:%M}"
            hint = "ask for less, or widen the session-window with zone = 'member'"
            yield clash(
                text,
                *(Party(each, "between") for each, _ in own),
                Party(rule, "min"),
                hint=hint,
                certain=rule.inflexible,
            )


FINDERS = (_gaps, _windows, _patterns, _overlaps)
"""What looks for contradictions among rules about dates."""


def with_programme(rules: dict[str, Rule], programme: ProgrammeTable) -> Iterator[Problem]:
    """Yield what the *programme* itself makes impossible."""
    yield from _lengths(rules, programme.sessions.length)
    yield from _closed_start(rules, programme.starts)
    every = programme.sessions.every
    for rule, gap in of_kind(rules, SessionGap) if every is not None and every.is_exact else ():
        if every is not None and not gap.min.days <= every.days <= gap.max.days:
            text = f"a gap of {gap.min} to {gap.max} never lets sessions be {every} apart, as `every` wishes"
            yield clash(text, Party(rule, "min"), hint="change `every` of the programme", certain=False)


def _lengths(rules: dict[str, Rule], length: Span) -> Iterator[Problem]:
    """Yield each window, or each two on one clock, that no session fits into; a day is whatever its window is."""
    if length.unit not in {Unit.MINUTE, Unit.HOUR}:
        return
    windows = of_kind(rules, SessionWindow)
    for index, (rule, window) in enumerate(windows):
        room = _between(*window.between)
        if length.as_timedelta() > room:
            text = f"no session of {length} fits into {_hours(window)}"
            yield clash(text, Party(rule, "between"), hint="widen the hours, or make sessions shorter")
            continue
        for other, second in windows[:index]:
            begin, end = max(window.between[0], second.between[0]), min(window.between[1], second.between[1])
            if window.zone == second.zone and begin < end and length.as_timedelta() > _between(begin, end):
                text = f"no session of {length} fits into {_hours(window)} and into {_hours(second)}"
                yield clash(text, Party(other, "between"), Party(rule, "between"), hint="let more hours overlap")


def _closed_start(rules: dict[str, Rule], starts: date) -> Iterator[Problem]:
    for rule, blackout in of_kind(rules, Blackout):
        if any(starts in days for days in blackout.dates):
            text = f"the programme starts on {starts}, on which no session may be"
            yield clash(text, Party(rule, "dates"), hint="start later, or shorten the blackout", certain=False)


def _between(begin: time, end: time) -> timedelta:
    day = date(2000, 1, 1)
    return datetime.combine(day, end) - datetime.combine(day, begin)


def _hours(window: SessionWindow) -> str:
    return f"{window.between[0]:%H:%M} to {window.between[1]:%H:%M}"
