"""Quick proofs, one after the other."""

from typing import Any

from convener.planning.pods.feasibility.proofs import prove, proved


def test_the_simplest_reason_comes_first(crowd: Any, rule: Any, pairs: Any) -> None:
    """R7: a contradiction of pairs is told before the sizes that do not work either."""
    rules = [
        rule("size", "pod-size", min=2, target=2, max=2),
        rule("friends", "together", pairs=pairs("a-b")),
        rule("rivals", "apart", pairs=pairs("a-b")),
    ]
    proof = prove(crowd(rules, {name: {} for name in "abc"}))

    assert proof is not None
    assert ("a", "b") == proof.people


def test_nobody_and_no_rules_prove_nothing(crowd: Any, rule: Any) -> None:
    """R7: an empty programme, and one without rules, have an answer."""
    nobody = crowd([rule("size", "pod-size", min=2, target=2, max=2)], {})

    assert prove(nobody) is None
    assert not proved(nobody.question)
    assert prove(crowd([], {"a": {}})) is None
