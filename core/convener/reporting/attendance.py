"""Who was there: attendance in total, by pod, by session number, by person, and the floor it must not fall below.

A rate is places present over places that count, by the client's own table of statuses. Seconded people and people
who have left keep what they did while they were expected.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from convener.model import ParticipantStatus
from convener.reporting.figures import Cell, Column, Figure, Table, ratio
from convener.reporting.grouping import Released
from convener.reporting.snapshot import Presence, Sitting, Snapshot, State
from convener.reporting.visibility import PERSONAL
from convener.rulesets.kinds import AttendanceFloor

FIELD = "figures.attendance"
Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Standing:
    """How one person stands: places present, places that count and places still to come."""

    person: str
    pod: str
    present: int
    counted: int
    ahead: int

    def below(self, floor: Fraction) -> bool:
        """Tell whether the rate so far is under *floor*."""
        return self.counted > 0 and Fraction(self.present, self.counted) < floor

    def out_of_reach(self, floor: Fraction) -> bool:
        """Tell whether even full attendance from now on stays under *floor*."""
        total = self.counted + self.ahead
        return total > 0 and Fraction(self.present + self.ahead, total) < floor


def figures(snapshot: Snapshot, shown: Released) -> tuple[Figure, ...]:
    """Return attendance in total and, with a floor, how many people are under it."""
    total = Figure(
        id="attendance", label="Attendance", numerator=_present(shown.all), denominator=len(shown.all),
        as_of=snapshot.as_of,
    )  # fmt: skip
    floor = floor_of(snapshot)
    if floor is None:
        return (total,)
    people = [standing for standing in standings(snapshot) if standing.counted]
    under = Figure(
        id="below-floor", label=f"Below {float(floor):.0%} attendance",
        numerator=sum(standing.below(floor) for standing in people), denominator=len(people), as_of=snapshot.as_of,
    )  # fmt: skip
    return total, under


def tables(snapshot: Snapshot, shown: Released) -> tuple[Table, ...]:
    """Return every table about attendance."""
    return (
        _by_pod(snapshot, shown),
        _by_session(snapshot, shown),
        _by_pod_and_session(snapshot, shown),
        _by_person(snapshot),
        _below_floor(snapshot),
        _marks(snapshot),
    )


def floor_of(snapshot: Snapshot) -> Fraction | None:
    """Return the attendance floor, the highest if several rules name one."""
    return max((terms.min for _, terms in snapshot.ruleset.rules_of(AttendanceFloor)), default=None)


def standings(snapshot: Snapshot) -> list[Standing]:
    """Return how everybody enrolled on the day of the report stands, by name."""
    seen = grouped(snapshot.presences, lambda presence: presence.person)
    register, day = snapshot.register, snapshot.as_of
    found = []
    for person in sorted(register.participants(day), key=lambda each: (snapshot.name(each), each)):
        mine = seen.get(person, [])
        found.append(
            Standing(
                person=person,
                pod=register.pod_of(person, day) or (mine[-1].pod if mine else ""),
                present=_present(mine),
                counted=sum(presence.counts for presence in mine),
                ahead=sum(presence.state in {State.PLANNED, State.MISSING} for presence in mine),
            )
        )
    return found


def grouped(presences: Iterable[Presence], key: Callable[[Presence], Key]) -> dict[Key, list[Presence]]:
    """Return *presences* by *key*, in order of first sight."""
    found: dict[Key, list[Presence]] = defaultdict(list)
    for presence in presences:
        found[key(presence)].append(presence)
    return found


def topics(snapshot: Snapshot) -> Mapping[int, str]:
    """Return the topic of each session number where all pods share it."""
    named: dict[int, set[str]] = defaultdict(set)
    for sitting in snapshot.sittings:
        named[sitting.session.number].add(sitting.session.topic)
    return {number: next(iter(names)) if len(names) == 1 else "" for number, names in sorted(named.items())}


def _present(presences: Iterable[Presence]) -> int:
    return sum(presence.present for presence in presences)


def _rate(presences: list[Presence]) -> tuple[Cell, ...]:
    present = _present(presences)
    return present, len(presences), ratio(present, len(presences))


def _columns(*columns: tuple[str, str, str], field: str = FIELD) -> tuple[Column, ...]:
    rate = (("numerator", "Present"), ("denominator", "Places that count"), ("value", "Attendance"))
    return (*(Column(*column) for column in columns), *(Column(name, label, field) for name, label in rate))


def _by_pod(snapshot: Snapshot, shown: Released) -> Table:
    seen = grouped(shown.whole, lambda presence: presence.pod)
    word = snapshot.ruleset.word("pod")
    rows = tuple(
        (snapshot.pod_name(pod), len(_active(snapshot, pod)), *_rate(seen.get(pod, []))) for pod in snapshot.pods()
    )
    columns = _columns(("pod", word.capitalize(), "pod.name"), ("people", "Active", FIELD))
    return Table(
        id="attendance-by-pod", title=f"Attendance by {word}", columns=columns, rows=rows, needs=("pod.name", FIELD)
    )


def _active(snapshot: Snapshot, pod: str) -> list[str]:
    register, day = snapshot.register, snapshot.as_of
    return [person for person in register.members(pod, day) if _is_active(snapshot, person)]


def _is_active(snapshot: Snapshot, person: str) -> bool:
    return snapshot.register.status_of(person, snapshot.as_of) is ParticipantStatus.ACTIVE


def _by_session(snapshot: Snapshot, shown: Released) -> Table:
    seen = grouped(shown.all, lambda presence: presence.number)
    held: dict[int, list[Sitting]] = defaultdict(list)
    for sitting in snapshot.sittings:
        if sitting.held:
            held[sitting.session.number].append(sitting)
    rows = tuple(
        (number, topic, *_first_and_last(held[number]), len(held[number]), *_rate(seen.get(number, [])))
        for number, topic in topics(snapshot).items()
    )
    word, pods = snapshot.ruleset.word("session"), snapshot.ruleset.word("pod")
    columns = _columns(
        ("session", word.capitalize(), FIELD),
        ("topic", "Topic", "session.topic"),
        ("first", "First held", "session.date"),
        ("last", "Last held", "session.date"),
        ("held", f"Held, one for each {pods}", FIELD),
    )
    return Table(id="attendance-by-session", title=f"Attendance by {word}", columns=columns, rows=rows, needs=(FIELD,))


def _first_and_last(sittings: Iterable[Sitting]) -> tuple[Cell, Cell]:
    days = [sitting.day for sitting in sittings if sitting.day]
    return min(days, default=None), max(days, default=None)


def _by_pod_and_session(snapshot: Snapshot, shown: Released) -> Table:
    seen = grouped(shown.whole, lambda presence: presence.session)
    rows = tuple(
        (
            snapshot.pod_name(sitting.session.pod),
            sitting.session.number,
            sitting.session.topic,
            sitting.day,
            *_rate(seen.get(sitting.session.id, [])),
        )
        for sitting in snapshot.sittings
        if sitting.held
    )
    return Table(
        id="attendance-by-pod-and-session",
        title=f"Attendance by {snapshot.ruleset.word('pod')} and {snapshot.ruleset.word('session')}",
        columns=_columns(*_where(snapshot, FIELD)),
        rows=rows,
        needs=("pod.name", FIELD),
    )


def _where(snapshot: Snapshot, field: str) -> tuple[tuple[str, str, str], ...]:
    return (
        ("pod", snapshot.ruleset.word("pod").capitalize(), "pod.name"),
        ("session", snapshot.ruleset.word("session").capitalize(), field),
        ("topic", "Topic", "session.topic"),
        ("date", "Date", "session.date"),
    )


def _person_columns(snapshot: Snapshot) -> tuple[Column, ...]:
    return _columns(
        ("pod", snapshot.ruleset.word("pod").capitalize(), "pod.name"),
        ("participant", snapshot.ruleset.word("participant").capitalize(), "participant.name"),
        field="attendance.status",
    )


def _person_row(snapshot: Snapshot, standing: Standing) -> tuple[Cell, ...]:
    rate = ratio(standing.present, standing.counted)
    pod = snapshot.pod_name(standing.pod)
    return pod, snapshot.name(standing.person), standing.present, standing.counted, rate


def _by_person(snapshot: Snapshot) -> Table:
    return Table(
        id="attendance-by-person",
        title=f"Attendance by {snapshot.ruleset.word('participant')}",
        columns=_person_columns(snapshot),
        rows=tuple(_person_row(snapshot, standing) for standing in standings(snapshot)),
        needs=PERSONAL,
    )


def _below_floor(snapshot: Snapshot) -> Table:
    floor = floor_of(snapshot) or Fraction(0)
    under = [standing for standing in standings(snapshot) if standing.below(floor)]
    reach = Column("reachable", "Can still reach it", "attendance.status")
    return Table(
        id="below-floor",
        title=f"Below {float(floor):.0%} attendance",
        columns=(*_person_columns(snapshot), reach),
        rows=tuple(
            (*_person_row(snapshot, each), "no" if each.out_of_reach(floor) else "yes")
            for each in sorted(
                under, key=lambda each: (Fraction(each.present, each.counted), snapshot.name(each.person))
            )
        ),
        needs=PERSONAL,
    )


def _marks(snapshot: Snapshot) -> Table:
    """Return every person at every session; the status is the client's own, or what stands in its place."""
    sittings = {sitting.session.id: sitting for sitting in snapshot.sittings}
    rows = tuple(
        (
            snapshot.pod_name(presence.pod),
            line,
            snapshot.name(presence.person),
            presence.number,
            sittings[presence.session].session.topic,
            sittings[presence.session].day,
            presence.status or presence.state.value,
            _effect(presence),
        )
        for line, presence in _lines(snapshot)
    )
    word = snapshot.ruleset.word
    columns = (
        Column("pod", word("pod").capitalize(), "pod.name"),
        Column("line", "Line", "attendance.status"),
        Column("participant", word("participant").capitalize(), "participant.name"),
        Column("session", word("session").capitalize(), "attendance.status"),
        Column("topic", "Topic", "session.topic"),
        Column("date", "Date", "session.date"),
        Column("status", "Status", "attendance.status"),
        Column("effect", "Effect", "attendance.status"),
    )
    title = f"{word('participant').capitalize()} by {word('session')}"
    return Table(id="attendance-marks", title=title, columns=columns, rows=rows, needs=PERSONAL)


def _lines(snapshot: Snapshot) -> Iterator[tuple[int, Presence]]:
    """Yield every presence with the line of its person in the list of the pod, so that namesakes stay apart."""
    pods = grouped(snapshot.presences, lambda presence: presence.pod)
    for pod in snapshot.pods():
        people = grouped(pods.get(pod, []), lambda presence: presence.person)
        ordered = sorted(people, key=lambda person: (snapshot.name(person), person))
        for line, person in enumerate(ordered, start=1):
            yield from ((line, presence) for presence in people[person])


def _effect(presence: Presence) -> str:
    if presence.state is not State.RECORDED:
        return presence.state.value
    if not presence.counts:
        return "does not count"
    return "present" if presence.present else "absent"
