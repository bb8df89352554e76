"""One coach's pods together, against every schedule there is."""

import random
from datetime import UTC, date, datetime, timedelta
from itertools import combinations, pairwise, product
from typing import Any

import pytest

from convener.model import Answer, Coach
from convener.planning.dates.coaches import Schedule, schedule
from convener.planning.dates.paths import series_of
from convener.planning.dates.question import pose
from convener.planning.search import Found, Search

COSTS = {Answer.YES: 0, Answer.IF_NEEDED: 1}
DAYS = [date(2027, 2, 1) + timedelta(days=2 * number) for number in range(9)]


def best(answers: dict[str, list[Answer]], coach: list[Answer], pods: list[str]) -> int | None:
    """Return the least cost over every schedule: three dates each, gaps of 2 to 6 days, one pod a slot."""
    usable = {
        pod: [
            chosen
            for chosen in combinations(range(len(DAYS)), 3)
            if all(answers[pod][at] is not Answer.NO and coach[at] is not Answer.NO for at in chosen)
            and all(2 <= (DAYS[b] - DAYS[a]).days <= 6 for a, b in pairwise(chosen))
        ]
        for pod in pods
    }
    costs = [
        sum(
            COSTS[answers[pod][at]] + COSTS[coach[at]] for pod, chosen in zip(pods, picks, strict=True) for at in chosen
        )
        for picks in product(*(usable[pod] for pod in pods))
        if len({at for chosen in picks for at in chosen}) == 3 * len(pods)
    ]
    return min(costs, default=None)


@pytest.mark.parametrize("seed", range(12))
def test_schedules_are_as_good_as_any(make: Any, seed: int) -> None:
    """R10: cost and bound equal the best of all schedules, and impossible is impossible."""
    chance = random.Random(seed)  # noqa: S311 - makes examples, not secrets
    pods = ["ana", "ben"]
    said = {who: "".join(chance.choices("yin", (6, 3, 2), k=len(DAYS))) for who in (*pods, "coach@x")}
    people = make.register({pod: {} for pod in pods}, coaches=[Coach(id="coach@x")])
    known = make.pods(people, {pod: [pod] for pod in pods}, "coach@x")
    quorum = make.rule("quorum", "quorum", members=1, coach=True)
    rules = make.ruleset(quorum, make.rule("gap", "session-gap", min="2 days", max="6 days"))
    question = pose(rules, known, make.availability(DAYS, said), datetime(2027, 1, 1, tzinfo=UTC))

    found = schedule(question, "coach@x", [series_of(question, pod) for pod in question.pods], Search(1, 5))
    answers = {who: list(given) for who, given in question.answers.items()}
    expected = best(answers, answers["coach@x"], pods)

    assert (found is Found.NONE) == (expected is None)
    assert not isinstance(found, Schedule) or (expected, expected) == (found.cost, found.bound)
