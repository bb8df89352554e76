"""Rules about when pods meet."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from convener.decide.findings import ground_of
from convener.decide.findings.calendar import calendar
from convener.model import Coach, Coaching, Commitment, DateRange, Pod, Register, Session
from convener.rulesets.ruleset import Rule

NOW = datetime(2027, 1, 4, 9, tzinfo=UTC)


def broken(
    world: Any, register: Register, *rules: Rule, commitments: tuple[Commitment, ...] = ()
) -> list[tuple[str, str]]:
    """Return rule, and subject with mark, of each breach."""
    ground = ground_of(world.prepared(rules=rules), register, NOW, commitments=commitments)
    return [(each.rule.id, f"{each.subject} {each.mark}".strip()) for each in calendar(ground) if each.breached]


def moved(world: Any, text: str, number: int = 2, **more: Any) -> Register:
    """Return the register with a session at another time."""
    starts = datetime.fromisoformat(text).replace(tzinfo=UTC)
    register: Register = world.register()
    return register.with_session(world.session(number, starts, **more))


def test_a_series_that_keeps_the_rules_breaks_none(world: Any) -> None:
    """The small world is in order."""
    rules = (
        world.rule("session-gap", min="10 days", max="45 days"),
        world.rule("session-window", days=["tue"]),
        world.rule("holidays"),
        world.rule("session-pattern", same=["weekday", "time"]),
    )

    assert [] == broken(world, world.register(), *rules)


@pytest.mark.parametrize("text", ["2027-01-28T09:00", "2027-03-09T09:00"])
def test_gaps_count_from_start_date_to_start_date(world: Any, text: str) -> None:
    """R10: nine days are too few for ten, forty-nine too many for forty-five."""
    rule = world.rule("session-gap", min="10 days", max="45 days")

    assert [("session-gap", "lead/north/2 after lead/north/1")] == broken(world, moved(world, text), rule)


@pytest.mark.parametrize("text", ["2027-03-03T09:00", "2027-03-02T08:59", "2027-03-02T10:00"])
def test_windows_are_weekdays_and_hours(world: Any, text: str) -> None:
    """R10: the wrong day, too early, or over too late."""
    rule = world.rule("session-window", days=["tue"], between=["09:00", "17:00"])

    assert [("session-window", "lead/north/2")] == broken(world, moved(world, text), rule)


def test_a_member_lives_by_their_own_clock(world: Any) -> None:
    """R10: nine in London is five in the evening in Singapore."""
    register: Register = world.register()
    people = {**register.people, "ben": world.person("ben", zone="Asia/Singapore")}

    found = broken(world, replace(register, people=people), world.rule("session-window", zone="member"))

    assert ["lead/north/1", "lead/north/2"] == [subject for _, subject in found]


def test_holidays_and_blackouts_are_closed(world: Any) -> None:
    """P12: the client's calendar, and days the client named."""
    holiday = moved(world, "2027-03-26T09:00")

    assert [("holidays", "lead/north/2 GB-ENG")] == broken(world, holiday, world.rule("holidays"))
    blackout = world.rule("blackout", dates=["2027-03-20..2027-03-30"])
    assert [("blackout", "lead/north/2")] == broken(world, holiday, blackout)


def test_holidays_of_a_member_count_where_known(world: Any) -> None:
    """P12: Saint Patrick's day is one for those whose calendar has it."""
    register = moved(world, "2027-03-17T09:00")
    irish = replace(register, people={**register.people, "ben": world.person("ben", holidays="IE")})

    assert [] == broken(world, register, world.rule("holidays"))
    assert [("holidays", "lead/north/2 IE")] == broken(world, irish, world.rule("holidays"))


def test_patterns_are_the_same_all_along(world: Any) -> None:
    """R10: the same weekday at the same time."""
    rule = world.rule("session-pattern", same=["weekday", "time", "week-of-month"])

    found = broken(world, moved(world, "2027-03-03T10:00"), rule)

    assert {"lead/north weekday", "lead/north time", "lead/north week-of-month"} == {subject for _, subject in found}


def two_pods(world: Any, second: Session) -> Register:
    """Return a register in which one coach has two pods."""
    register: Register = world.register()
    coaching = Coaching(pod="lead/south", coach="cox@coaches.example", since=date(2026, 11, 1))
    return replace(
        register.with_session(second),
        pods={**register.pods, "lead/south": Pod(id="lead/south", name="South")},
        coachings=(*register.coachings, coaching),
    )


def test_a_coach_is_in_one_place_at_a_time(world: Any) -> None:
    """R9: here, and for other clients."""
    at_once = two_pods(world, world.session(1, datetime(2027, 1, 19, 10, tzinfo=UTC), pod="lead/south"))
    span = (datetime(2027, 3, 2, 16, tzinfo=UTC), datetime(2027, 3, 2, 18, tzinfo=UTC))
    elsewhere = Commitment(coach="cox@coaches.example", pods=1, sessions=(span,))

    assert ["coach-overlap"] == [rule for rule, _ in broken(world, at_once)]
    assert ["coach-overlap"] == [rule for rule, _ in broken(world, world.register(), commitments=(elsewhere,))]


def test_a_coach_has_so_many_sessions_a_day(world: Any) -> None:
    """R9: the load rule counts days."""
    evening = world.session(
        1, datetime(2027, 1, 19, 17, tzinfo=UTC), pod="lead/south", ends=datetime(2027, 1, 19, 19, tzinfo=UTC)
    )

    assert [("coach-load", "cox@coaches.example 2027-01-19")] == broken(
        world, two_pods(world, evening), world.rule("coach-load", max_sessions_per_day=1)
    )


def test_a_coach_who_is_away_is_away(world: Any) -> None:
    """R9: their own dates count."""
    away = (DateRange(date(2027, 3, 1), date(2027, 3, 5)),)
    register = world.register(coaches={"cox@coaches.example": Coach(id="cox@coaches.example", away=away)})

    assert [("coach-away", "lead/north/2 cox@coaches.example")] == broken(world, register)


def test_what_a_session_is_waived_by(world: Any) -> None:
    """P17: a session's own waiver, or one of its pod; on the day of the session."""
    rule = world.rule("blackout", dates=["2027-03-02"])
    found = [*calendar(ground_of(world.prepared(rules=(rule,)), world.register(), NOW))]

    assert [({"lead/north/1", "lead/north"}, False), ({"lead/north/2", "lead/north"}, True)] == [
        (set(each.names), each.breached) for each in found
    ]
    assert [date(2027, 1, 19), date(2027, 3, 2)] == [each.day for each in found]


def test_one_rule_alone_is_measured(world: Any) -> None:
    """P16: who asks after one rule does not wait for the others."""
    rules = (world.rule("holidays"), world.rule("session-window"))
    ground = ground_of(world.prepared(rules=rules), world.register(), NOW).of("holidays")

    assert {"holidays"} == {each.rule.id for each in calendar(ground)}
