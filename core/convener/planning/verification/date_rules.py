"""Whether dates keep each rule, counted anew from its own words."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from convener.planning.verification.meetings import KEPT, Fault, World, label
from convener.rulesets.calendars import holiday_dates
from convener.rulesets.kinds import (
    Blackout,
    CoachLoad,
    Holidays,
    Notice,
    Quorum,
    SessionGap,
    SessionPattern,
    SessionWindow,
)

_WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def _per_day(world: World, terms: CoachLoad) -> Iterator[Fault]:
    for session in world.proposed if terms.max_sessions_per_day is not None else ():
        coach = world.coach(session)
        if coach:
            day = world.at(session.starts, coach).date()
            count = sum(world.at(starts, coach).date() == day for starts, _, _ in world.busy[coach])
            if count > (terms.max_sessions_per_day or 0):
                yield label(session), f"its coach has {count} sessions that day, at most {terms.max_sessions_per_day}"


def _notice(world: World, terms: Notice) -> Iterator[Fault]:
    least = terms.min.as_timedelta() if terms.min.is_exact else timedelta()
    for session in world.proposed:
        if world.now is not None and session.starts - world.now < least:
            yield label(session), f"it begins less than {terms.min} from now"


def _quorum(world: World, terms: Quorum) -> Iterator[Fault]:
    for session in world.proposed:
        members = world.members(session)
        can = sum(world.can(person, session) for person in members)
        share = terms.members
        needed = (
            min(share, len(members))
            if isinstance(share, int)
            else -(-share.numerator * len(members) // share.denominator)
        )
        if can < needed:
            yield label(session), f"{can} of {len(members)} can come, {needed} are needed"
        if terms.coach and not world.can(world.coach(session) or "", session):
            yield label(session), "its coach did not say they can come"


def _window(world: World, terms: SessionWindow) -> Iterator[Fault]:
    for session in world.proposed:
        for person in [""] if terms.zone == "programme" else world.members(session):
            starts, ends = world.at(session.starts, person), world.at(session.ends, person)
            on_time = terms.between[0] <= starts.time() and ends.time() <= terms.between[1]
            if starts.date() != ends.date() or _WEEK[starts.weekday()] not in terms.days or not on_time:
                yield label(session), f"{starts:%a %H:%M}-{ends:%H:%M} lies outside the window"
                break


def _blackout(world: World, terms: Blackout) -> Iterator[Fault]:
    for session in world.proposed:
        day = world.at(session.starts).date()
        if any(each.first <= day <= each.last for each in terms.dates):
            yield label(session), f"{day} is blacked out"


def _holidays(world: World, terms: Holidays) -> Iterator[Fault]:
    for session in world.proposed:
        for person in ["", *world.members(session), world.coach(session) or ""]:
            known = world.register.people.get(person)
            codes = [known.holidays] if known else [world.ruleset.holidays, *terms.also]
            day = world.at(session.starts, person).date()
            if any(code and _free(code, day) for code in codes):
                yield label(session), f"{day} is a public holiday"
                break


def _free(code: str, day: date) -> bool:
    return day in holiday_dates(code, day.year, day.year)


def _gap(world: World, terms: SessionGap) -> Iterator[Fault]:
    for one, other in pairwise(world.sessions):
        days = (world.at(other.starts).date() - world.at(one.starts).date()).days
        if {one.status, other.status} - KEPT and not terms.min.days <= days <= terms.max.days:
            yield label(other), f"{days} days after the session before, not {terms.min} to {terms.max}"


def _pattern(world: World, terms: SessionPattern) -> Iterator[Fault]:
    forms: dict[str, Callable[[datetime], object]] = {
        "week-of-month": lambda local: (local.day + 6) // 7,
        "weekday": lambda local: local.weekday(),
        "time": lambda local: local.time(),
    }
    for one, other in pairwise(world.sessions):
        unlike = [n for n in terms.same if forms[n](world.at(one.starts)) != forms[n](world.at(other.starts))]
        if unlike and {one.status, other.status} - KEPT:
            yield label(other), f"another {' and '.join(unlike)} than the session before"


CHECKS: dict[type, Callable[[World, Any], Iterator[Fault]]] = {
    CoachLoad: _per_day,
    Notice: _notice,
    Quorum: _quorum,
    SessionWindow: _window,
    Blackout: _blackout,
    Holidays: _holidays,
    SessionGap: _gap,
    SessionPattern: _pattern,
}
"""The check of each kind."""
