"""When to look again."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from convener.decide.index import Index
from convener.decide.setting import Setting, Window
from convener.decide.wakes import next_wake
from convener.model import Membership, PollRequest, Register


def at(text: str) -> datetime:
    """Read an instant in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def wake(world: Any, register: Register, now: str, *automations: Any, rules: tuple[Any, ...] = ()) -> datetime | None:
    """Return when to look again after *now*."""
    prepared = world.prepared(*automations, rules=rules)
    return next_wake(Setting(prepared, Index.of(prepared, register), Window(at(now), at(now))), ())


def test_with_nothing_ahead_nobody_wakes(world: Any) -> None:
    """An idle programme costs nothing."""
    assert None is wake(world, world.register(), "2027-06-01T00:00")


@pytest.mark.parametrize(
    ("now", "expected"),
    [("2027-01-20T00:00", "2027-01-21T17:00:01"), ("2027-01-21T17:00:01", "2027-03-04T17:00:01")],
)
def test_a_register_deadline_wakes_a_moment_after_it(world: Any, now: str, expected: str) -> None:
    """R16: the flag is due when the deadline has passed."""
    rule = world.rule("register-deadline", within="2 working days")

    assert at(expected) == wake(world, world.register(), now, rules=(rule,))


def test_whoever_comes_or_goes_wakes_at_midnight(world: Any) -> None:
    """R1: rows turn with the date of the programme's zone."""
    register = world.register()
    rows = (*register.memberships, Membership(person="dee", pod=world.pod, since=date(2027, 7, 5)))

    assert at("2027-07-04T23:00") == wake(world, world.register(memberships=rows), "2027-06-01T00:00")


@pytest.mark.parametrize(("answered", "expected"), [(None, "2027-06-03T10:00"), ("2027-06-01T12:00", None)])
def test_a_poll_wakes_when_it_opens_and_closes_unless_it_is_answered(
    world: Any, answered: str | None, expected: str | None
) -> None:
    """R18: one whose message waits for the morning opens then."""
    poll = PollRequest(
        poll="engagement", subject="lead", person="ann", opened=at("2027-06-03T10:00"), closes=at("2027-06-13T10:00"),
        answered=at(answered) if answered else None,
    )  # fmt: skip
    register = world.register(polls={("engagement", "lead", "ann"): poll})

    assert (at(expected) if expected else None) == wake(world, register, "2027-06-01T18:00")
