"""The fields that reports can show."""

import pytest

from convener.rulesets.visible import FIELDS, known, listed


def test_a_pattern_lists_a_family() -> None:
    """`*` stands for anything, on either side."""
    assert {field for field in FIELDS if field.startswith("figures.")} == listed(["figures.*"])
    assert {"figures.answered.*"} == listed(["figures.answered.evaluation"])


@pytest.mark.parametrize(
    ("pattern", "is_known"),
    [
        ("participant.name", True),
        ("*", True),
        ("figures.answered.mood", True),
        ("participant.nmae", False),
        ("x.*", False),
    ],
)
def test_a_field_that_no_report_has_is_unknown(pattern: str, is_known: bool) -> None:
    """R20: a whitelist with a slip of the pen would show less than it says, and nobody would know."""
    assert is_known is known(pattern)
