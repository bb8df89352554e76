"""What has happened to a programme, and who has come and gone, in order of time."""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar

from convener.decide.moments.timing import wall
from convener.model import Event, Register, Session
from convener.model.register import Dated

Value = TypeVar("Value")
LONG_AGO = datetime.min.replace(tzinfo=UTC)


def grouped(values: Iterable[Value], key: Callable[[Value], str]) -> dict[str, list[Value]]:
    """Return *values* by *key*, in their order."""
    found: dict[str, list[Value]] = {}
    for value in values:
        found.setdefault(key(value), []).append(value)
    return found


class Chronicle:
    """The events of a register and the turns of its dated rows, each found without a scan."""

    def __init__(self, register: Register, zone: str) -> None:
        self.register = register
        self.live_since = register.live_since or LONG_AGO
        self.events = grouped(register.events, lambda event: event.name)
        self._first_held = {event.subject: event.id for event in reversed(self.events.get("session.held", []))}
        self._joined = {event.person: event.at for event in reversed(self.events.get("participant.joined", []))}
        self._recorded = {(each.subject, each.person): each.at for each in self.events.get("attendance.recorded", ())}
        self._latest: dict[str, list[Event]] = {}
        self._turns = sorted({wall(day, time(), zone) for day in turning_days(register)} | set(self._joined.values()))

    def turned(self, instant: datetime) -> int:
        """Return how many times somebody had come or gone by *instant*."""
        return bisect_right(self._turns, instant)

    def turns_within(self, after: datetime, until: datetime) -> list[datetime]:
        """Return the instants after *after* and up to *until* at which somebody comes or goes."""
        return self._turns[bisect_right(self._turns, after) : bisect_right(self._turns, until)]

    def has_come(self, person: str, instant: datetime) -> bool:
        """Tell whether *person* had joined by *instant*; whoever joined nobody knows when has always been there."""
        return self._joined.get(person, LONG_AGO) <= instant

    def is_recorded(self, session: Session, person: str, instant: datetime) -> bool:
        """Tell whether what the register of *session* says of *person* was in by *instant*."""
        return self._recorded.get((session.id, person), LONG_AGO) <= instant

    def events_since(self, name: str, since: datetime) -> list[Event]:
        """Return the events *name* that took effect after *since*, oldest first; drafts count from going live."""
        known = self.events.get(name, [])
        if since < self.live_since:
            return known
        found: list[Event] = []
        for event in reversed(known):
            if event.at <= since - timedelta(days=1):  # events are stored in order; a day's margin for late entries
                break
            found.append(event)
        return found[::-1]

    def latest(self, name: str) -> list[Event]:
        """Return for each person, else subject, the event *name* of their latest session, whenever it was recorded."""
        if name not in self._latest:
            found: dict[str, tuple[datetime, Event]] = {}
            for event in self.events.get(name, ()):
                session = self.register.sessions.get(event.subject)
                when = session.starts if session is not None and session.starts else event.at
                whose = event.person or (session.pod if session else event.subject)
                if whose not in found or found[whose][0] <= when:
                    found[whose] = (when, event)
            self._latest[name] = [event for _, event in found.values()]
        return self._latest[name]

    def is_repeated(self, event: Event) -> bool:
        """Tell whether *event* says again that a session was held; it follows from the first time only."""
        return event.name == "session.held" and self._first_held.get(event.subject, event.id) != event.id


def turning_days(register: Register) -> set[date]:
    """Return the days on which a dated row of *register* begins or ends to hold."""
    rows: tuple[Dated, ...] = (
        *register.enrolments, *register.memberships, *register.coachings, *register.managements
    )  # fmt: skip
    return {day for row in rows for day in (row.since, row.until) if day is not None}
