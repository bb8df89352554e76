"""The indexed register."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from convener.decide.index import Index, current, current_or_next, grouped
from convener.decide.prepared import statuses_of
from convener.model import Enrolment, Membership, ParticipantStatus, Register

DAY = date(2027, 1, 10)


def index_of(world: Any, register: Register) -> Index:
    """Index *register* under a ruleset without rules."""
    ruleset = world.ruleset()
    return Index(register, ruleset, statuses_of(ruleset))


def test_rows_are_found_by_day_and_else_ahead() -> None:
    """R1: a row holds from its day to the day before its end."""
    rows = [
        Membership(person="a", pod="p", since=date(2027, 2, 1)),
        Membership(person="a", pod="q", since=DAY, until=date(2027, 1, 12)),
    ]

    assert rows[1] is current(rows, DAY)
    assert None is current(rows, date(2027, 1, 12))
    assert rows[0] is current_or_next(rows, date(2027, 1, 12))


def test_values_are_grouped_in_order() -> None:
    """Grouping keeps the order of what it was given."""
    assert {"a": ["ab", "ac"], "b": ["ba"]} == grouped(["ab", "ba", "ac"], lambda value: value[0])


def test_withdrawn_people_and_those_away_without_a_pod_are_not_reached(world: Any) -> None:
    """R2: nobody hears from us after leaving, or while pausing."""
    register = world.register()
    away = [
        Enrolment(person="ann", status=ParticipantStatus.WITHDRAWN, since=DAY),
        Enrolment(person="ben", status=ParticipantStatus.SECONDED, since=DAY),
    ]
    kept = tuple(row for row in register.enrolments if row.person == "cat")
    seats = tuple(row for row in register.memberships if row.person != "ben")

    index = index_of(world, replace(register, enrolments=(*kept, *away), memberships=seats))

    assert ["cat"] == index.reachable(DAY)
    assert ["cat"] == index.members(world.pod, DAY)


def test_history_counts_what_counts_in_order(world: Any) -> None:
    """R15: sessions that do not apply are left out, as are those still ahead."""
    later = world.attended("lead/north/2", ann="missed")
    first = world.attended("lead/north/1", ann="attended", ben="not-applicable")

    index = index_of(world, world.register(attendance={**later, **first}))

    until = datetime(2027, 6, 1, tzinfo=UTC)
    assert [True, False] == [meaning.present for _, meaning in index.history("ann", until)]
    assert [] == index.history("ben", until)
    assert [True] == [meaning.present for _, meaning in index.history("ann", datetime(2027, 2, 1, tzinfo=UTC))]


def test_only_the_first_time_a_session_is_held_counts(world: Any) -> None:
    """R17: recording a register again does not hold the session again."""
    events = [world.event("session.held", "lead/north/1", datetime(2027, 1, 20 + n, tzinfo=UTC)) for n in (0, 1)]

    index = index_of(world, world.register(*events))

    assert [False, True] == [index.is_repeated(event) for event in events]


def test_the_programme_ends_with_its_last_session_once_all_are_known(world: Any) -> None:
    """A date still open leaves the end unknown."""
    register = world.register()
    open_ = replace(register.sessions["lead/north/2"], starts=None, ends=None)

    assert datetime(2027, 3, 2, 17, tzinfo=UTC) == index_of(world, register).ends_of_programme()
    assert None is index_of(world, register.with_session(open_)).ends_of_programme()


def test_the_register_of_a_session_lacks_those_who_were_not_away(world: Any) -> None:
    """R15: nobody is chased for the status of somebody on secondment."""
    register = world.register(attendance=world.attended("lead/north/1", ann="attended"))
    away = [replace(row, status=ParticipantStatus.SECONDED) for row in register.enrolments if row.person == "ben"]
    kept = [row for row in register.enrolments if row.person != "ben"]
    index = index_of(world, replace(register, enrolments=(*kept, *away)))
    session = register.sessions["lead/north/1"]

    assert ["ann", "cat"] == index.present_members(session)
    assert ["cat"] == index.unrecorded(session)


def test_the_latest_event_of_each_person_is_that_of_their_latest_session(world: Any) -> None:
    """An import may record sessions in any order, and a pod counts where nobody is named."""
    when = datetime(2027, 3, 5, 12, tzinfo=UTC)
    events = [
        world.event("attendance.recorded", "lead/north/2", when, "ann"),
        world.event("attendance.recorded", "lead/north/1", when.replace(hour=13), "ann"),
        world.event("attendance.recorded", "lead/north/1", when.replace(hour=14)),
    ]

    index = index_of(world, world.register(*events))

    assert [events[0], events[2]] == index.latest("attendance.recorded")
    assert [] == index.latest("session.held")
