"""The cheapest series of dates for one pod."""

import random
from datetime import UTC, date, datetime, timedelta
from itertools import combinations, pairwise
from typing import Any

import pytest

from convener.planning.dates.paths import Arcs, backward, cheapest, forward, series_of
from convener.planning.dates.question import pose

DAYS = [date(2027, 2, 1) + timedelta(days=number) for number in range(0, 60, 4)]


@pytest.mark.parametrize("seed", range(6))
def test_a_series_is_as_cheap_as_any(make: Any, seed: int) -> None:
    """R10: the cost equals the least over all series that keep the gaps, pattern and blocked slots included."""
    chance = random.Random(seed)  # noqa: S311 - makes examples, not secrets
    said = "".join(chance.choices("yi", k=len(DAYS)))
    rules = make.ruleset(
        make.rule("gap", "session-gap", min="8 days", max="24 days"),
        make.rule("pattern", "session-pattern", same=("weekday", "week-of-month"), flexible=True, weight=2),
    )
    known = make.pods(make.register({"ana": {}}), {"one": ["ana"]})
    question = pose(rules, known, make.availability(DAYS, {"ana": said}), datetime(2027, 1, 1, tzinfo=UTC))
    series = series_of(question, question.pods[0])
    arcs, nodes, blocked = Arcs.of(question, question.pods[0]), series.layers[0], {2, 5}
    all_costs = [
        sum(nodes[at].cost for at in picked)
        + sum(sum(arcs.costs(nodes[a], nodes[b]).values()) for a, b in pairwise(picked))
        for picked in combinations([at for at in range(len(DAYS)) if at not in blocked], 3)
        if all(8 <= (DAYS[b] - DAYS[a]).days <= 24 for a, b in pairwise(picked))
    ]

    found = cheapest(series, blocked)

    assert found is not None
    assert min(all_costs) == found[0]
    assert not blocked & set(found[1])


def test_forward_and_backward_meet(make: Any) -> None:
    """R10: the cheapest way through any layer is the cheapest of all."""
    known = make.pods(make.register({"ana": {}}), {"one": ["ana"]})
    answers = make.availability(DAYS, {"ana": "yiiyiyyiyiyiyyi"})
    question = pose(make.ruleset(), known, answers, datetime(2027, 1, 1, tzinfo=UTC))
    series = series_of(question, question.pods[0])
    before, after = forward(series), backward(series)
    through = [min(a + b for a, b in zip(one, other, strict=True)) for one, other in zip(before, after, strict=True)]

    assert [min(after[0])] * 3 == through
