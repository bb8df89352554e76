"""The hours of a pod's sessions on everybody's own clock, and where a change of the clock moves them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from convener.model import ProposedSession, Register


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """A session on one clock."""

    text: str
    """`10:00-12:00` with an en dash, with the weekday where it is another one than the programme's."""
    shifted: bool
    """Whether it falls at another hour there than the session before does, although not on the programme's clock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One zone that members of a pod, or its coach, live in."""

    place: str
    """The last part of its name: `New York`."""
    who: str
    hours: tuple[Hours, ...]
    """One for each session."""


def clocks_of(
    sessions: Sequence[ProposedSession], register: Register, coach: str | None, zone: str
) -> tuple[Clock, ...]:
    """Return the clocks other than *zone* that matter to a pod, *sessions* being its own by number."""
    members = {person for session in sessions for person in (*session.coming, *session.absent)}
    zones = Counter(_zone(register, person, zone) for person in members)
    theirs = {_zone(register, coach, zone)} if coach else set[str]()
    others = sorted((zones.keys() | theirs) - {zone})
    return tuple(
        Clock(place=place_of(each), who=_who(zones[each], coach=each in theirs), hours=_hours(sessions, each, zone))
        for each in others
    )


def place_of(zone: str) -> str:
    """Return the name of the place that *zone* is named for."""
    return zone.rpartition("/")[2].replace("_", " ")


def span(starts: datetime, ends: datetime, zone: str) -> str:
    """Return the hours from *starts* to *ends* on the clock of *zone*."""
    first, last = (each.astimezone(ZoneInfo(zone)) for each in (starts, ends))
    return f"{first:%H:%M}\N{EN DASH}{last:%H:%M}"


def _zone(register: Register, person: str, zone: str) -> str:
    known = register.people.get(person)
    return (known.zone if known else "") or zone


def _who(members: int, *, coach: bool) -> str:
    said = [f"{members} member{'' if members == 1 else 's'}"] if members else []
    return " and ".join([*said, "the coach"] if coach else said)


def _hours(sessions: Iterable[ProposedSession], zone: str, ours: str) -> tuple[Hours, ...]:
    found: list[Hours] = []
    before: tuple[str, str] | None = None
    for session in sessions:
        here, there = (session.starts.astimezone(ZoneInfo(each)) for each in (ours, zone))
        now = f"{here:%H:%M}", f"{there:%H:%M}"
        text = span(session.starts, session.ends, zone) + ("" if here.date() == there.date() else f" {there:%a}")
        found.append(Hours(text=text, shifted=before is not None and before[0] == now[0] and before[1] != now[1]))
        before = now
    return tuple(found)
