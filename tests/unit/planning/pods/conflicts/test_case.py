"""A question under any choice of its rules."""

from typing import Any

from convener.planning.pods.conflicts.case import Case


def test_rules_on_dates_stay_and_flexible_ones_go(ask: Any, rule: Any) -> None:
    """R7: what conflicts is sought among the inflexible rules on pods; working hours still count."""
    rules = [
        rule("size", "pod-size", min=2, target=2, max=2),
        rule("mixed", "mix", flexible=True, by=("team",)),
        rule("window", "session-window", days=("mon",), between=("10:00", "12:00"), zone="member"),
    ]
    case = Case(*ask(rules, {"a": {}}))

    assert ["size"] == list(case.hard)
    assert ["window"] == list(case.crowd({}).question.ruleset.rules)
    assert ["size", "window"] == list(case.crowd(case.hard).question.ruleset.rules)
