"""What each rule did."""

from typing import Any

from convener.planning.pods.explanation.rules import listed, outcomes

PEOPLE: dict[str, dict[str, str]] = {"a": {"team": "x"}, "b": {"team": "x"}, "c": {"team": "y"}, "d": {}}
PODS = {"one": ["a", "b"], "two": ["c", "d"]}
IDS = ("lead/one", "lead/two")


def test_each_rule_tells_its_cost_and_where(ledger: Any, rule: Any) -> None:
    """R7: weight times units, the pods it is not satisfied in, and the units in words; inflexible ones cost nothing."""
    rules = [
        rule("teams", "mix", flexible=True, weight=3, by=("team",)),
        rule("friends", "together", flexible=True, weight=2, pairs=(("b@acme.example", "c@acme.example"),)),
        rule("size", "pod-size", min=2, target=2, max=2),
    ]
    friends, size, teams = outcomes(ledger(rules, PEOPLE, PODS), IDS)

    assert (3, ("lead/one",), False) == (teams.cost, teams.where, teams.satisfied)
    assert "pair that shares a value: 1 times 3, in one" == teams.explanation
    assert (2, IDS) == (friends.cost, friends.where)
    assert (0, (), True, "pods by size: 2 of 2; asked for 2 to 2, best 2") == (
        size.cost, size.where, size.satisfied, size.explanation
    )  # fmt: skip


def test_pairs_that_name_nobody_are_told(ledger: Any, rule: Any) -> None:
    """Bad input: an address that nobody in the programme has is named beside the rule, which has no say on it."""
    rivals = rule(
        "rivals", "apart", pairs=(("a@acme.example", "zoe@acme.example"), ("c@acme.example", "a@acme.example"))
    )
    (outcome,) = outcomes(ledger([rivals], PEOPLE, PODS), IDS)

    assert outcome.satisfied
    assert "holds in every pod; nobody here has the address zoe@acme.example" == outcome.explanation


def test_managers_are_required_where_a_rule_asks(ledger: Any, rule: Any) -> None:
    """R7: `require` is judged as far as the register decides it."""
    managed = rule("managed", "require", each="participant", require="manager.known")
    (lacking,) = outcomes(ledger([managed], {**PEOPLE, "a": {"manager": "d"}}, PODS), IDS)
    (known,) = outcomes(ledger([managed], {"a": {"manager": "b@x"}}, {"one": ["a"]}), IDS)

    assert (False, "no manager known for B, C and D") == (lacking.satisfied, lacking.explanation)
    assert (True, "every participant has a manager") == (known.satisfied, known.explanation)


def test_long_lists_are_cut() -> None:
    """R7: six are named, the rest are counted."""
    assert ["a and b", "a, b, c, d, e, f and 2 more"] == [listed("ab"), listed("abcdefgh")]
