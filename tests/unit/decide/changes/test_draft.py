"""How the words of a change find what they mean."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from convener.decide.changes.draft import last_pod, participant_of, person_of, pod_of, session_of
from convener.errors import UsageError

DAY = date(2027, 2, 1)


def test_people_go_by_id_or_address(world: Any) -> None:
    """A roster id and an address mean the same person."""
    register = world.register()

    assert ["ann", "ann"] == [participant_of(register, wanted, DAY) for wanted in ("ann", "Ann@acme.example")]
    assert "cox@coaches.example" == person_of(register, "cox@coaches.example")


@pytest.mark.parametrize("wanted", ["lead/north", "acme/lead/north", "north", "North"])
def test_pods_go_by_id_scope_or_name(world: Any, wanted: str) -> None:
    """People type what they see."""
    assert world.pod == pod_of(world.register(), wanted)


def test_strangers_are_refused_with_the_nearest(world: Any) -> None:
    """P18: a slip names what was probably meant."""
    register = world.register()

    for find in (
        lambda: person_of(register, "an@acme.example"),
        lambda: pod_of(register, "lead/nort"),
        lambda: session_of(register, "lead/north/3"),
    ):
        with pytest.raises(UsageError) as caught:
            find()
        assert "did you mean" in caught.value.hint


def test_a_manager_is_not_enrolled(world: Any) -> None:
    """Only participants can leave a programme."""
    with pytest.raises(UsageError, match="not enrolled"):
        participant_of(world.register(), "mia@acme.example", DAY)


def test_the_last_pod_is_remembered(world: Any) -> None:
    """R2: who left a pod can come back to it."""
    register = world.register()
    left = replace(register, memberships=tuple(replace(row, until=date(2027, 1, 1)) for row in register.memberships))

    assert world.pod == last_pod(left, "ann", DAY)
    assert None is last_pod(replace(register, memberships=()), "ann", DAY)
