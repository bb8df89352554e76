"""What facts can be."""

from dataclasses import replace

import pytest

from convener.decide.moments.triggers import parse_trigger
from convener.decide.reachability import World
from convener.decide.reachability.domains import withheld


def ways(world: World, *names: str) -> list[dict[str, object]]:
    """Return the ways that facts of one bundle can be."""
    (bundle,) = world.bundles(names, names)
    return [dict(way) for way in bundle]


def test_a_closed_fact_has_its_values_and_may_be_unknown(world: World) -> None:
    """Words of ours, of the client and of the programme; unknown only where the catalogue and a clause say so."""
    statuses = [way["session.status"] for way in ways(world, "session.status")]

    assert {"confirmed", "held", None} < set(statuses)
    assert [{"poll.answered": True}, {"poll.answered": False}, {"poll.answered": None}] == ways(world, "poll.answered")
    assert [[{"poll.answered": True}, {"poll.answered": False}]] == world.bundles(["poll.answered"])
    assert [{"manager.known": True}, {"manager.known": False}] == ways(world, "manager.known")


def test_sessions_are_counted_by_the_programme(world: World) -> None:
    """Of any programme there could be many more."""
    numbers = [way["session.number"] for way in ways(world, "session.number")]

    assert [*range(1, 10), None] == numbers
    assert 201 == len(ways(replace(world, any_count=True), "session.number"))


def test_facts_that_hang_together_come_together(world: World) -> None:
    """Nobody is present at a session they missed, nor active while seconded."""
    marks = {(way["attendance.status"], way["attendance.present"]) for way in ways(
        world, "attendance.status", "attendance.present"
    )}  # fmt: skip
    people = {(way["participant.status"], way["participant.active"]) for way in ways(
        world, "participant.status", "participant.active"
    )}  # fmt: skip

    assert ("missed", True) not in marks
    assert {("attended", True), ("missed", False), (None, None)} <= marks
    assert {("active", True), ("seconded", False), ("withdrawn", False), (None, False)} == people


def test_what_has_no_few_values_is_left_open(world: World) -> None:
    """A count, a time and a name of the roster could be anything."""
    assert [] == world.bundles(["pod.size", "session.starts", "participant.pod"])


@pytest.mark.parametrize(
    ("on", "audience", "names", "given"),
    [
        ("every monday at 08:00", "participant", (), {"session.status", "poll.id", "attendance.recorded"}),
        ("every monday at 08:00", "participant", ("poll.open",), set()),
        ("participant.joined", "participant", (), {"session.number", "attendance.present", "poll.open"}),
        ("1 day after session.held", "participant", (), {"poll.open"}),
        ("1 day before poll.closes", "participant", (), set()),
        ("session.held", "sponsor", (), {"participant.active", "manager.known", "attendance.status", "poll.id"}),
        ("session.held", "manager", (), {"poll.id"}),
    ],
)
def test_what_a_moment_and_an_audience_never_give(
    on: str, audience: str, names: tuple[str, ...], given: set[str]
) -> None:
    """Facts of a session where there is none, of a poll where none is meant, of people where nobody is."""
    lacking = {name for each in withheld(parse_trigger(on), audience, names) for name in each.facts}

    assert given <= lacking
    assert bool(given) is bool(lacking)
