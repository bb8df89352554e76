"""Kinds that say when a pod meets."""

from datetime import time

import pytest
from pydantic import BaseModel, ValidationError

from convener.rulesets.kinds import Blackout, Holidays, Quorum, SessionGap, SessionWindow


@pytest.mark.parametrize(
    ("members", "size", "needed"), [("75%", 8, 6), ("75%", 7, 6), ("100%", 5, 5), ("0%", 5, 0), (4, 8, 4), (9, 8, 8)]
)
def test_a_share_of_the_members_is_rounded_up(members: object, size: int, needed: int) -> None:
    """Three quarters of eight are six, and of seven six as well."""
    assert needed == Quorum.model_validate({"members": members}).needed(size)


def test_a_window_without_hours_is_office_hours() -> None:
    """Nine to five from Monday to Friday on the programme's clock."""
    window = SessionWindow()

    assert (time(9), time(17)) == window.between
    assert ("mon", "tue", "wed", "thu", "fri") == window.days


@pytest.mark.parametrize(
    ("kind", "keys"),
    [
        (SessionGap, {"min": "45 days", "max": "10 days"}),
        (SessionWindow, {"between": ("17:00", "09:00")}),
        (SessionWindow, {"days": ("monday",)}),
        (Blackout, {"dates": ()}),
        (Holidays, {"also": ("XX",)}),
        (Quorum, {"members": 0}),
        (Quorum, {"members": "120%"}),
    ],
)
def test_what_makes_no_sense_is_refused(kind: type[BaseModel], keys: dict[str, object]) -> None:
    """Gaps and hours run forwards, and names are known."""
    with pytest.raises(ValidationError):
        kind.model_validate(keys)
