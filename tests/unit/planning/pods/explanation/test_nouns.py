"""What units are called."""

from typing import Any

from convener.planning.pods.explanation.nouns import JUDGED, NOUNS, counted


def test_one_and_several_have_their_own_noun(rule: Any) -> None:
    """R7: one pair, two pairs; every kind of rule on pods has its noun."""
    mixed = rule("mixed", "mix", by=("team",))

    assert ["pair that shares a value", "pairs that share a value"] == [counted(mixed, count) for count in (1, 2)]
    assert set(JUDGED) == set(NOUNS)
