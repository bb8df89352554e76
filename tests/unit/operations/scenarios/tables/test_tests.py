"""`[[tests]]` and the file as a whole."""

import pytest
from pydantic import ValidationError

from convener.operations.scenarios.tables import ScenarioFile, ScenarioTable, StepTable

AT = "2027-02-09 09:00"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "expects nothing"),
        ({"sent": []}, "not until when"),
        ({"until": AT}, "says until when and expects nothing"),
    ],
)
def test_a_test_expects_something_until_some_moment(more: dict[str, object], said: str) -> None:
    """A test that cannot fail is no test."""
    with pytest.raises(ValidationError, match=said):
        ScenarioTable.model_validate({"name": "x", "of": "remind", **more})


def test_a_step_may_expect_alone() -> None:
    """Then no `until` is needed."""
    step = {"at": AT, "withdraw": "ann", "refused": "gap"}

    assert ScenarioTable.model_validate({"name": "x", "of": "remind", "steps": (step,)}).until is None


def test_only_what_happens_can_be_refused() -> None:
    """`refused` without a change is a mistake."""
    with pytest.raises(ValidationError, match="nothing happens here"):
        StepTable.model_validate({"at": AT, "refused": "gap"})


def test_a_file_has_tests() -> None:
    """An empty one tests nothing."""
    with pytest.raises(ValidationError):
        ScenarioFile.model_validate({"schema": 1, "tests": ()})
