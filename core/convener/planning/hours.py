"""Working hours and wall clocks: when people in different zones are at work at once."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from convener.model import Unit
from convener.rulesets.kinds import SessionGap, SessionWindow
from convener.rulesets.ruleset import Ruleset

OFFICE = (time(9), time(17))
"""Working hours where no session window speaks of members' own clocks."""
MONTH_DAYS = 30
"""Days in a month, where a cadence is written in months."""


def working_hours(ruleset: Ruleset) -> tuple[time, time]:
    """Return members' own working hours: the `between` of the session window on members' clocks, else 09:00-17:00."""
    spans = [terms.between for _, terms in ruleset.rules_of(SessionWindow) if terms.zone == "member"]
    return (max(span[0] for span in spans), min(span[1] for span in spans)) if spans else OFFICE


def cadence_days(ruleset: Ruleset) -> int | None:
    """Return the days that `every` asks between two sessions, None when nothing is asked."""
    every = ruleset.sessions.every
    if every is None:
        return None
    return every.count * MONTH_DAYS if every.unit is Unit.MONTH else _days(every.count, every.unit)


def _days(count: int, unit: Unit) -> int:
    return {Unit.WEEK: 7 * count, Unit.DAY: count, Unit.WORKING_DAY: count * 7 // 5}.get(unit, 1)


def last_day(ruleset: Ruleset) -> date:
    """Return the last day the programme can reach: its start and the longest gap for every further session."""
    longest = [terms.max.days for _, terms in ruleset.rules_of(SessionGap)]
    step = min(longest) if longest else (cadence_days(ruleset) or MONTH_DAYS)
    return ruleset.starts + timedelta(days=step * max(ruleset.sessions.count - 1, 1))


@lru_cache(maxsize=4096)
def least_overlap(one: str, other: str, hours: tuple[time, time], first: date, last: date) -> int:
    """Return the fewest minutes that working *hours* in two zones share on any date from *first* to *last*.

    Both sides work the same local date. Of several intervals the overlap is the least over all pairs, so it
    is enough to ask for pairs of zones. May be negative: the minutes between the two working days.
    """
    least = _minutes(hours)
    if one == other:
        return least
    for mine, theirs in zip(
        _days_at_work(one, hours, first, last), _days_at_work(other, hours, first, last), strict=True
    ):
        least = min(least, (min(mine[1], theirs[1]) - max(mine[0], theirs[0])) // 60)
    return least


@lru_cache(maxsize=512)
def _days_at_work(zone: str, hours: tuple[time, time], first: date, last: date) -> tuple[tuple[int, int], ...]:
    """Return when people in *zone* begin and end on each date, in seconds of the epoch."""
    days = [first + timedelta(days=count) for count in range((last - first).days + 1)]
    begin, end = ([datetime.combine(day, at, ZoneInfo(zone)) for day in days] for at in hours)
    return tuple((int(start.timestamp()), int(stop.timestamp())) for start, stop in zip(begin, end, strict=True))


def _minutes(hours: tuple[time, time]) -> int:
    return (hours[1].hour - hours[0].hour) * 60 + hours[1].minute - hours[0].minute


def distance_hours(one: str, other: str, day: date) -> int:
    """Return how many hours two zones lie apart at noon of *day*, rounded."""
    noon = [datetime.combine(day, time(12), ZoneInfo(zone)).timestamp() for zone in (one, other)]
    return round(abs(noon[0] - noon[1]) / 3600)
