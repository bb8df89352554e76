"""What test is missing."""

import pytest

from convener.operations.scenarios.hints import clause_hint, dropped_hint


@pytest.mark.parametrize(
    ("source", "changed", "value"),
    [
        ("attendance.missed >= 2", "attendance.missed > 2", 2),
        ("attendance.missed >= 2", "attendance.missed >= 1", 1),
        ("poll.open && poll.days_open < 3", "poll.open && poll.days_open <= 3", 3),
    ],
)
def test_the_value_that_tells_two_comparisons_apart_is_named(source: str, changed: str, value: int) -> None:
    """An ops person knows which participant to add."""
    assert f"at exactly {value}" in clause_hint(source, changed)


def test_other_changes_are_told_whole() -> None:
    """Where no number decides, both clauses are shown."""
    assert "'poll.open'" in clause_hint("poll.open", "!poll.open")
    assert "'poll.open' false" in dropped_hint("poll.open")
