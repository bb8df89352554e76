"""Flags of automations."""

from datetime import UTC, datetime
from typing import Any

from convener.decide import decide

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
