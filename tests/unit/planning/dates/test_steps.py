"""From one session to the next."""

from typing import Any

import numpy as np

from convener.model import Span
from convener.planning.dates.series import FAR
from convener.planning.dates.steps import Steps
from convener.planning.hours import cadence_days
from convener.rulesets.ruleset import SessionPlan


def test_gaps_patterns_and_cadence_cost_or_forbid(make: Any) -> None:
    """R10: 2 a day beyond the flexible gap, 5 for another weekday, 1 for each three days off the cadence."""
    rules = make.ruleset(
        make.rule("limit", "session-gap", min="5 days", max="20 days"),
        make.rule("wish", "session-gap", flexible=True, weight=2, min="7 days", max="14 days"),
        make.rule("alike", "session-pattern", flexible=True, weight=5, same=("weekday", "time")),
        sessions=SessionPlan(count=3, length=Span.parse("1 hour"), every=Span.parse("2 weeks")),
    )
    steps = Steps.read(rules.rules, cadence_days(rules))
    days = np.array([0, 3, 7, 16, 30])
    form = np.stack([days * 0, days % 7, days * 0])

    cost = steps.between(days, form, np.zeros(5, dtype=np.bool_))

    assert [FAR, FAR, 2, 4 + 5, FAR] == cost[0].tolist()
    assert [FAR] * 3 == [cost[1, 2], cost[2, 1], cost[0, 4]]
    assert 5 == cost[2, 3] - 1


def test_sessions_that_keep_their_dates_are_not_judged_again(make: Any) -> None:
    """R10: two kept sessions may stand as they do, and what is new is judged against them."""
    rules = {"limit": make.rule("limit", "session-gap", min="5 days", max="20 days")}
    days = np.array([0, 1, 4, 7])

    cost = Steps.read(rules, None).between(days, np.zeros((3, 4), dtype=np.int64), np.array([True, True, False, False]))

    assert [0, 0, FAR, 0] == cost[0].tolist()
