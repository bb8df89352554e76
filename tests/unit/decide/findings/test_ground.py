"""What rules are measured on."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from convener.decide.findings import ground_of
from convener.model import Pod, Register, SessionStatus
from convener.rulesets.kinds import PodSize

NOW = datetime(2027, 1, 4, 9, tzinfo=UTC)


def test_the_day_is_that_of_the_instant_unless_another_is_named(world: Any) -> None:
    """A change is judged on the day it takes effect, its facts at noon."""
    today = ground_of(world.prepared(), world.register(), NOW)
    later = ground_of(world.prepared(), world.register(), NOW, day=date(2027, 7, 1))

    assert (date(2027, 1, 4), NOW) == (today.day, today.instant)
    assert (NOW, datetime(2027, 7, 1, 11, tzinfo=UTC)) == (later.at, later.instant)


def test_rules_are_those_of_the_pod(world: Any) -> None:
    """A pod may have a rule of its own, and one rule may be asked about alone."""
    general, own = (world.rule("pod-size", min=1, target=2, max=most) for most in (3, 4))
    prepared = world.prepared(rules=(general,), pod_rules={"North": {"pod-size": own}})
    ground = ground_of(prepared, world.register(), NOW)
    north = Pod(id="lead/north", name="North")

    assert [[own], [general]] == [[rule for rule, _ in ground.rules_of(PodSize, pod)] for pod in (north, None)]
    assert [] == ground.of("another").rules_of(PodSize)


def test_meetings_are_what_takes_place(world: Any) -> None:
    """Sessions with a time, with who belongs to them on that day; cancelled ones aside."""
    register: Register = world.register()
    off = replace(register.sessions["lead/north/1"], status=SessionStatus.CANCELLED)
    (meeting,) = ground_of(world.prepared(), register.with_session(off), NOW).meetings[world.pod]

    assert ("lead/north/2", date(2027, 3, 2)) == (meeting.session.id, meeting.day)
    assert (("ann", "ben", "cat"), "cox@coaches.example") == (meeting.people, meeting.coach)


def test_people_by_name_and_address(world: Any) -> None:
    """A stranger is called by what the register calls them."""
    ground = ground_of(world.prepared(), world.register(), NOW)

    assert ("Ann Hall", "zoe") == (ground.name("ann"), ground.name("zoe"))
    assert ("ann@acme.example", "zoe") == (ground.address("ann"), ground.address("ZOE"))
