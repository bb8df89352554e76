"""The keys that every rule has."""

import pytest
from pydantic import ValidationError

from convener.rulesets.tables import RuleHead

MUST = {"kind": "quorum", "flexibility": "inflexible"}


def test_a_rule_is_on_no_trial_unless_it_says_so() -> None:
    """An inflexible rule refuses from the first day."""
    assert "" == RuleHead.model_validate(MUST).stage


@pytest.mark.parametrize("keys", [{"stage": "trial"}, {"weight": 0}, {"weight": 1001}, {"flexibility": "soft"}])
def test_what_a_rule_may_say_of_itself_is_closed(keys: dict[str, object]) -> None:
    """A word that nobody knows is refused, not passed over."""
    with pytest.raises(ValidationError):
        RuleHead.model_validate({**MUST, **keys})
