"""Flags of automations."""

from datetime import UTC, datetime, timedelta
from typing import Any

from convener.decide import decide
from convener.model import PollRequest

NOW = datetime(2027, 3, 20, 9, tzinfo=UTC)


def test_a_flag_stands_as_long_as_its_conditions_hold(world: Any) -> None:
    """R25: it is there at every tick, and gone when the person comes again."""
    automation = world.automation(
        "attendance.recorded", world.step("flag", "two sessions missed in a row"), id="two-missed",
        when=["attendance.missed_in_row >= 2"],
    )  # fmt: skip
    events = [
        world.event("attendance.recorded", f"lead/north/{n}", datetime(2027, n, 20, tzinfo=UTC), "ann") for n in (1, 2)
    ]
    first = world.attended("lead/north/1", ann="missed")
    absent = world.register(*events, attendance={**first, **world.attended("lead/north/2", ann="missed")})
    back = world.register(*events, attendance={**first, **world.attended("lead/north/2", ann="attended")})

    flags = decide(world.prepared(automation), absent, NOW, NOW).flags

    assert [("acme/lead/two-missed/ann", "Ann Hall: two sessions missed in a row")] == [(f.id, f.text) for f in flags]
    assert [("ann@acme.example", "convener attendance record acme/lead/north/2 ann@acme.example=STATUS")] == [
        (flag.subject, flag.settle) for flag in flags
    ]
    assert () == decide(world.prepared(automation), back, NOW, NOW).flags


def test_a_rhythm_flags_too(world: Any) -> None:
    """A weekly look at something is as good as an event."""
    automation = world.automation(
        "every monday at 08:00", world.step("flag", "look"), for_each="pod", when=["pod.size < 4"]
    )

    flags = decide(world.prepared(automation), world.register(), NOW, NOW).flags

    assert [world.pod] == [flag.subject for flag in flags]


def test_a_flag_over_polls_is_not_lost_to_another_poll(world: Any) -> None:
    """R25: the last moment of a person is that of the poll the flag is about."""
    opened, closes = datetime(2027, 1, 20, 10, tzinfo=UTC), datetime(2027, 1, 30, 10, tzinfo=UTC)
    polls = {
        (name, "lead", "ann"): PollRequest(poll=name, subject="lead", person="ann", opened=opened, closes=closes)
        for name in ("availability", "engagement")
    }
    automation = world.automation(
        "every day", world.step("flag", "still without dates"), id="dateless", when=["poll.id == 'availability'"]
    )
    now = datetime(2027, 1, 22, 12, tzinfo=UTC)

    flags = decide(world.prepared(automation), world.register(polls=polls), now, now).flags

    assert ["acme/lead/dateless/ann"] == [flag.id for flag in flags]


def test_flags_that_are_kept_are_the_same_at_every_hour(world: Any) -> None:
    """N1: asking again, at another hour or on another day, changes nothing but what has changed."""
    automation = world.automation(
        "1 hour after session.ends", world.step("flag", "was away"), id="away", when=["attendance.status == 'missed'"]
    )
    register = world.register(attendance=world.attended("lead/north/1", ann="missed", ben="attended"))
    prepared = world.prepared(automation)
    hours = [datetime(2027, 1, 19, 16, tzinfo=UTC) + n * timedelta(hours=1) for n in range(4)]

    found = [[flag.id for flag in decide(prepared, register, hour, hour).flags] for hour in hours]

    assert [[], [], ["acme/lead/away/ann"], ["acme/lead/away/ann"]] == found
