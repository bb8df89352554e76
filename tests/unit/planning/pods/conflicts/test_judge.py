"""Whether a set of rules can hold."""

from typing import Any

from convener.planning.effort import Effort
from convener.planning.pods.conflicts.case import Case
from convener.planning.pods.conflicts.judge import Judge


def test_each_set_of_rules_is_judged_by_itself(ask: Any, rule: Any, pairs: Any) -> None:
    """R7: two rules that contradict each other can hold one by one."""
    rules = {
        "friends": rule("friends", "together", pairs=pairs("a-b")),
        "rivals": rule("rivals", "apart", pairs=pairs("a-b")),
    }
    judge = Judge(Case(*ask(list(rules.values()), {name: {} for name in "abc"})), Effort())

    assert judge.impossible(rules)
    assert [False, False] == [judge.impossible({name: rules[name]}) for name in rules]
