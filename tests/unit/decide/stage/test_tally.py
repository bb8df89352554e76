"""Counting what goes out."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from convener.decide import decide
from convener.decide.stage.tally import Tally
from convener.model import Dispatch, Verb

MONDAY = datetime(2027, 1, 4, 9, tzinfo=UTC)


def message(world: Any, due: datetime = MONDAY, **more: Any) -> Dispatch:
    """Make a message to Ann."""
    prepared = world.prepared(world.automation("every monday at 09:00"))
    plan = decide(prepared, world.register(), MONDAY - timedelta(days=1), MONDAY)
    return replace(next(d for d in plan.dispatches if d.recipient == "ann"), due=due, **more)


def test_messages_count_by_person_and_by_day_of_the_programme(world: Any) -> None:
    """Today is told apart from the days before, and people are known by their address."""
    tally, register = Tally("Europe/London"), world.register()
    for due in (MONDAY, MONDAY, MONDAY + timedelta(days=1)):
        tally.add(message(world, due), register)
    traffic = tally.traffic(MONDAY + timedelta(days=1, hours=2))

    assert {("ann@acme.example", "2027-01-04"): 2, ("ann@acme.example", "2027-01-05"): 1} == dict(traffic.per_day)
    assert ((2,), 1, {"remind": MONDAY + timedelta(days=1)}) == (traffic.days, traffic.today, traffic.last)


def test_what_does_not_go_or_disturbs_nobody_does_not_count(world: Any) -> None:
    """Held and taken back messages and invites leave the counts alone; the automation was not silent."""
    tally, register = Tally("Europe/London"), world.register()
    tally.add(message(world), register, goes=False)
    tally.add(message(world, verb=Verb.INVITE), register)
    tally.add(message(world), register)
    tally.take_back(message(world), register)
    traffic = tally.traffic(MONDAY)

    assert (0, (), {"remind": MONDAY}) == (traffic.today, traffic.days, traffic.last)
    assert 0 == sum(traffic.per_day.values())


def test_days_long_past_are_forgotten(world: Any) -> None:
    """The days of a programme count for sixty days."""
    tally, register = Tally("Europe/London"), world.register()
    tally.add(message(world), register)

    assert [(1,), ()] == [tally.traffic(MONDAY + timedelta(days=days)).days for days in (60, 61)]


def test_what_other_programmes_sent_counts_for_the_person(world: Any) -> None:
    """The daily cap holds across clients, so the stage is told what went elsewhere."""
    tally = Tally("Europe/London")
    tally.add_elsewhere({("ann@acme.example", "2027-01-04"): 3})
    tally.add(message(world), world.register())

    assert {("ann@acme.example", "2027-01-04"): 4} == dict(tally.traffic(MONDAY).per_day)
