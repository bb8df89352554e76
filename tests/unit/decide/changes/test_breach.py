"""Breaches of rules."""

from typing import Any

from convener.decide.changes.breach import Breach, breach


def test_a_breach_takes_its_weight_from_the_rule(world: Any) -> None:
    """R27: inflexible and flexible are the rule's word."""
    rule = world.rule("pod-size", min=1, target=2, max=3, inflexible=False)

    made = breach(rule, "lead/north", "too many")

    assert Breach(rule="pod-size", inflexible=False, subject="lead/north", text="too many") == made
    assert ("pod-size", "lead/north") == made.key
