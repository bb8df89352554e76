"""What a rehearsed year comes to: day by day, and in all."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from convener.decide.moments.timing import local
from convener.decide.stage.happenings import Answered, Attended
from convener.decide.stage.play import Beat
from convener.model import Dispatch, Event, Flag, Person, Register, SessionStatus
from convener.operations.simulate.telling import told


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day on the programme's wall clock on which anything happened."""

    date: date
    dispatches: tuple[Dispatch, ...] = ()
    missed: tuple[Dispatch, ...] = ()
    held: Mapping[str, str] = field(default_factory=dict)
    """Key of what waits for a person, and the rule that holds it."""
    called_off: tuple[Dispatch, ...] = ()
    sessions: tuple[str, ...] = ()
    """Ids of the sessions that take place."""
    flags: tuple[Flag, ...] = ()
    """Raised on this day."""
    settled: tuple[Flag, ...] = ()
    events: tuple[Event, ...] = ()
    happenings: tuple[str, ...] = ()
    """What people did, in words: changes, going live, registers; answers are counted."""
    notes: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    """What could not happen, and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulation:
    """A rehearsed stretch of a programme; nothing of it has happened."""

    scope: str
    title: str
    since: datetime
    until: datetime
    zone: str
    seed: int | None
    """None when nobody made anything up."""
    days: tuple[Day, ...]
    """Only those on which anything happened."""
    people: Mapping[str, Person] = field(repr=False)
    """Everybody by id, to name them by address."""
    holidays: Mapping[date, str] = field(repr=False)
    """The client's public holidays in the stretch, by name."""
    standing: tuple[Flag, ...] = ()
    """Flags that still stand at the end."""

    @property
    def dispatches(self) -> Iterator[Dispatch]:
        """Everything that goes out, in order."""
        return (dispatch for day in self.days for dispatch in day.dispatches)

    def by_automation(self) -> Counter[str]:
        """Count what goes out by automation."""
        return Counter(dispatch.automation for dispatch in self.dispatches)

    def by_channel(self) -> Counter[str]:
        """Count what goes out by channel."""
        return Counter(dispatch.channel for dispatch in self.dispatches)

    def by_person(self) -> Counter[str]:
        """Count what goes to each person, by address; pods, sessions and the programme are not people."""
        found = (self.people.get(dispatch.recipient) for dispatch in self.dispatches)
        return Counter(person.email for person in found if person)

    def busiest(self) -> Day | None:
        """Return the day on which most goes out, the first of several; None when nothing does."""
        days = [day for day in self.days if day.dispatches]
        return max(days, key=lambda day: len(day.dispatches), default=None)


def days_of(beats: Sequence[Beat], register: Register, zone: str, span: tuple[datetime, datetime]) -> tuple[Day, ...]:
    """Sort *beats* by day in *zone*; *register* is the one at the end and says when sessions took place in *span*."""
    found: dict[date, list[Beat]] = defaultdict(list)
    for beat in beats:
        found[local(beat.at, zone).date()].append(beat)
    sessions = _sessions(register, zone, span)
    return tuple(
        _day(day, found.get(day, []), tuple(sessions.get(day, ())), register) for day in sorted({*found, *sessions})
    )


def _sessions(register: Register, zone: str, span: tuple[datetime, datetime]) -> Mapping[date, list[str]]:
    found: dict[date, list[str]] = defaultdict(list)
    for session in sorted(register.sessions.values(), key=lambda session: session.id):
        firm = session.status in (SessionStatus.CONFIRMED, SessionStatus.HELD)
        if firm and session.starts is not None and span[0] <= session.starts <= span[1]:
            found[local(session.starts, zone).date()].append(session.id)
    return found


def _day(day: date, beats: Sequence[Beat], sessions: tuple[str, ...], register: Register) -> Day:
    raised, settled = _lasting(beats)
    return Day(
        date=day,
        dispatches=tuple(dispatch for beat in beats for dispatch in beat.dispatches),
        missed=tuple(dispatch for beat in beats for dispatch in beat.missed),
        held={key: rule for beat in beats for key, rule in beat.held.items()},
        called_off=tuple(dispatch for beat in beats for dispatch in beat.called_off),
        sessions=sessions,
        flags=raised,
        settled=settled,
        events=tuple(event for beat in beats for event in beat.events),
        happenings=tuple(_happenings(beats, register)),
        notes=tuple(dict.fromkeys(note for beat in beats for note in beat.notes)),
        refused=tuple(_refusals(beats, register)),
    )


def _lasting(beats: Sequence[Beat]) -> tuple[tuple[Flag, ...], tuple[Flag, ...]]:
    """Return the flags that were raised on the day and those that were settled; one that came and went is both."""
    raised = {flag.id: flag for beat in beats for flag in beat.flags}
    settled = {flag.id: flag for beat in beats for flag in beat.settled}
    return tuple(raised.values()), tuple(settled.values())


def _happenings(beats: Iterable[Beat], register: Register) -> Iterator[str]:
    """Yield what people did on a day, answers and registers put together."""
    answers: Counter[str] = Counter()
    registers: dict[str, Counter[str]] = defaultdict(Counter)
    for beat in beats:
        what = beat.happening
        if what is None or beat.refused:
            continue
        if isinstance(what, Answered):
            answers[what.poll] += 1
        elif isinstance(what, Attended):
            registers[what.session].update(what.statuses.values())
        else:
            yield told(what, register)
    for session, statuses in registers.items():
        words = ", ".join(f"{count} {status}" for status, count in statuses.most_common())
        yield f"register of {session.partition('/')[2]}: {words}"
    yield from (f"{count} {'answers' if count > 1 else 'answer'} to {poll}" for poll, count in answers.items())


def _refusals(beats: Iterable[Beat], register: Register) -> Iterator[str]:
    for beat in beats:
        if beat.refused:
            what = f"{told(beat.happening, register)}: " if beat.happening else ""
            yield f"{what}{beat.refused}"
