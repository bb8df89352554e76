"""The client's words in the plural."""

import pytest

from convener.reporting.words import plural, readable


@pytest.mark.parametrize(
    ("word", "many"),
    [("set", "sets"), ("body", "bodies"), ("coach", "coaches"), ("class", "classes"), ("day", "days")],
)
def test_plural_follows_english(word: str, many: str) -> None:
    """Any client's word for a pod has a plural."""
    assert many == plural(word)


def test_ids_are_written_as_people_would() -> None:
    """Slugs become titles, written names stay."""
    assert ("Pod 01", "North East") == (readable("pod-01"), readable("North East"))
