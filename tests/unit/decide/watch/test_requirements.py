"""`require` rules."""

from datetime import UTC, datetime
from typing import Any

import pytest

from convener.decide import decide
from convener.decide.index import Index
from convener.decide.prepared import statuses_of
from convener.decide.watch.requirements import subjects

NOW = datetime(2027, 1, 25, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("each", "expected"),
    [
        ("participant", ["ann", "ben", "cat"]),
        ("manager", ["max@acme.example", "mia@acme.example"]),
        ("coach", ["cox@coaches.example"]),
        ("pod", ["lead/north"]),
        ("session", ["lead/north/1", "lead/north/2"]),
        ("programme", ["lead"]),
    ],
)
def test_each_word_ranges_over_its_subjects(world: Any, each: str, expected: list[str]) -> None:
    """A requirement speaks of any kind of subject."""
    ruleset = world.ruleset()
    index = Index(world.register(), ruleset, statuses_of(ruleset))

    assert expected == [subject for subject, _ in subjects(index, each, NOW)]


def test_what_does_not_hold_or_is_unknown_is_flagged(world: Any) -> None:
    """An inflexible requirement fails closed."""
    known = world.rule("require", each="participant", when=["participant.active"], require="manager.known")
    unknown = world.rule("require", identity="x", each="participant", require="attendance.present")

    plan = decide(world.prepared(rules=(known, unknown)), world.register(managements=()), NOW, NOW)

    assert [f"acme/lead/{rule}/{who}" for rule in ("require", "x") for who in ("ann", "ben", "cat")] == [
        f.id for f in plan.flags
    ]
