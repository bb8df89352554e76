"""What has happened, and who has come and gone."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from convener.decide.chronicle import Chronicle, grouped, turning_days

LONDON = "Europe/London"


def test_values_are_grouped_in_order() -> None:
    """Grouping keeps the order of what it was given."""
    assert {"a": ["ab", "ac"], "b": ["ba"]} == grouped(["ab", "ba", "ac"], lambda value: value[0])


def test_only_the_first_time_a_session_is_held_counts(world: Any) -> None:
    """R17: recording a register again does not hold the session again."""
    events = [world.event("session.held", "lead/north/1", datetime(2027, 1, 20 + n, tzinfo=UTC)) for n in (0, 1)]

    index = Chronicle(world.register(*events), LONDON)

    assert [False, True] == [index.is_repeated(event) for event in events]


def test_the_latest_event_of_each_person_is_that_of_their_latest_session(world: Any) -> None:
    """An import may record sessions in any order, and a pod counts where nobody is named."""
    when = datetime(2027, 3, 5, 12, tzinfo=UTC)
    events = [
        world.event("attendance.recorded", "lead/north/2", when, "ann"),
        world.event("attendance.recorded", "lead/north/1", when.replace(hour=13), "ann"),
        world.event("attendance.recorded", "lead/north/1", when.replace(hour=14)),
    ]

    index = Chronicle(world.register(*events), LONDON)

    assert [events[0], events[2]] == index.latest("attendance.recorded")
    assert [] == index.latest("session.held")


def test_people_come_and_go_at_midnight_and_when_they_join(world: Any) -> None:
    """P8: dated rows turn with the day of the programme's zone, a joiner comes at the instant of the event."""
    at = datetime(2027, 7, 5, 14, tzinfo=UTC)
    register = world.register(world.event("participant.joined", "lead", at, "ann"))
    rows = [replace(row, until=date(2027, 7, 8)) if row.person == "ben" else row for row in register.memberships]

    index = Chronicle(replace(register, memberships=tuple(rows)), LONDON)

    midnight = datetime(2027, 7, 7, 23, tzinfo=UTC)
    assert [at, midnight] == index.turns_within(datetime(2027, 7, 1, tzinfo=UTC), midnight)
    assert [] == index.turns_within(at, datetime(2027, 7, 7, 22, tzinfo=UTC))
    assert [False, True, True] == [
        index.has_come(*asked) for asked in (("ann", datetime(2027, 7, 5, 13, tzinfo=UTC)), ("ann", at), ("ben", at))
    ]


def test_rows_turn_on_the_days_they_begin_and_end(world: Any) -> None:
    """R1: whatever kind of row it is."""
    register = world.register()
    ended = tuple(replace(row, until=date(2027, 7, 8)) for row in register.coachings)

    assert {date(2026, 11, 1), date(2027, 7, 8)} == turning_days(replace(register, coachings=ended))
