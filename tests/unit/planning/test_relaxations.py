"""Ways out applied to a ruleset."""

from typing import Any

import pytest

from convener.model import Relaxation
from convener.planning.relaxations import relaxed, with_terms


def test_terms_are_set_and_checked_anew(ruleset: Any, rule: Any) -> None:
    """R7: the new terms take the place of the old ones, and the rest stays; what its kind refuses is refused."""
    rules = ruleset(rule("size", "pod-size", min=6, target=6, max=6), rule("hours", "timezone-overlap", min="4 hours"))
    way = Relaxation(words="", cost=1, terms={"size": {"max": 7}, "hours": {"min": "3 hours"}})
    after = relaxed(rules, way)

    assert (6, 7) == (after.rules["size"].terms.min, after.rules["size"].terms.max)
    assert "3 hours" == str(after.rules["hours"].terms.min)
    assert after.rules["size"].inflexible
    with pytest.raises(ValueError, match="must rise"):
        with_terms(rules.rules["size"], {"max": 5})


def test_a_rule_becomes_flexible(ruleset: Any, rule: Any) -> None:
    """R7: `flexibility` is no term of a kind; nothing else changes."""
    rules = ruleset(rule("size", "pod-size", min=6, target=6, max=6))
    after = relaxed(rules, Relaxation(words="", cost=1, terms={"size": {"flexibility": "flexible"}}))

    assert not after.rules["size"].inflexible
    assert rules.rules["size"].terms == after.rules["size"].terms


def test_a_way_that_asks_people_changes_no_rule(ruleset: Any, rule: Any) -> None:
    """R7: an answer is no term; an unknown rule is a KeyError."""
    rules = ruleset(rule("size", "pod-size", min=6, target=6, max=6))

    assert rules == relaxed(rules, Relaxation(words="", cost=1, asks=("ana",)))
    with pytest.raises(KeyError):
        relaxed(rules, Relaxation(words="", cost=1, terms={"other": {}}))
