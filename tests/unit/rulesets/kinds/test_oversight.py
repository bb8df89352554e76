"""Kinds that watch over a live programme."""

from datetime import time

import pytest
from pydantic import BaseModel, ValidationError

from convener.rulesets.kinds import AttendanceStatus, MinimumGroup, QuietHours, Require, Visibility, VolumeGuard


def test_quiet_may_last_over_midnight() -> None:
    """The evening comes before the morning."""
    quiet = QuietHours.model_validate({"from": "20:00", "to": "07:30"})

    assert (time(20), time(7, 30), False) == (quiet.from_, quiet.to, quiet.weekends)


@pytest.mark.parametrize(
    ("kind", "keys"),
    [
        (MinimumGroup, {"min": 1}),
        (VolumeGuard, {"plan_over_median": 1}),
        (Visibility, {"audience": "everybody", "fields": ("participant.name",)}),
        (AttendanceStatus, {"there": {"counts": True}}),
        (Require, {"each": "participant", "require": ""}),
    ],
)
def test_what_makes_no_sense_is_refused(kind: type[BaseModel], keys: dict[str, object]) -> None:
    """A guard that guards nothing is a mistake."""
    with pytest.raises(ValidationError):
        kind.model_validate(keys)
