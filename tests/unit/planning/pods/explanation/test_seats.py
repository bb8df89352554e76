"""Why a person sits where they do."""

from typing import Any

from convener.planning.pods.explanation.seats import why_here
from convener.planning.pods.explanation.swaps import best_swaps

PEOPLE = {"a": {"team": "x", "site": "n"}, "b": {"team": "x", "site": "n"}, "c": {"team": "y", "site": "s"}, "d": {}}
PODS = {"one": ["a", "b"], "two": ["c", "d"]}


def test_every_rule_says_its_line(ledger: Any, rule: Any) -> None:
    """R7: who shares what, who stays with whom and who is kept apart, each with its rule."""
    rules = [
        rule("friends", "together", pairs=(("a@acme.example", "b@acme.example"),)),
        rule("rivals", "apart", pairs=(("a@acme.example", "c@acme.example"),)),
        rule("sites", "same", by=("site",)),
        rule("teams", "mix", flexible=True, by=("team",)),
    ]
    known = ledger(rules, PEOPLE, PODS)

    assert (
        "stays with B (rule friends)",
        "is not with C (rule rivals)",
        "everyone there has site n (rule sites)",
        "shares team x with B (rule teams)",
    ) == why_here(known, "a", None)
    assert ("has no site in the roster (rule sites)", "has no team in the roster (rule teams)") == why_here(
        known, "d", None
    )
    assert "site s beside none (rule sites)" in why_here(known, "c", None)


def test_the_best_swap_not_made_comes_last(ledger: Any, rule: Any) -> None:
    """R7: with whom, of which pod, and what it would cost."""
    known = ledger([rule("teams", "same", flexible=True, weight=3, by=("team",))], PEOPLE, PODS)
    swap = best_swaps(known)["a"]

    assert "best swap not made: with C of two, costs 3 more" == why_here(known, "a", swap)[-1]
    assert ("no rule asks for another place",) == why_here(ledger([], PEOPLE, PODS), "a", None)
