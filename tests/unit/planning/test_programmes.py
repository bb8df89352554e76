"""Whole programmes of every size, with rules of every kind, planned and verified."""

from collections import Counter
from types import ModuleType
from typing import Any

import pytest

from convener.model import DateProposal, PodProposal
from convener.planning import propose_dates, propose_pods, verify_dates, verify_pods
from convener.planning.effort import Effort

STEPS = 200_000
"""Enough for a plan worth checking, not for the best."""


@pytest.mark.parametrize("people", [5, 12, 40, 150, 600, 2_100])
def test_a_programme_of_any_size_gets_pods_and_dates(drawn: ModuleType, people: int) -> None:
    """R6, R9, R10: everybody sits once, every pod meets as often as asked, and no inflexible rule is broken."""
    programme = drawn.draw(people)

    pods = propose_pods(programme.ruleset, programme.register, day=drawn.DAY, effort=Effort(steps=STEPS))
    assert isinstance(pods, PodProposal), pods
    register = drawn.adopt(programme.register, pods)
    dates = propose_dates(
        programme.ruleset, register, programme.availability, earliest=drawn.EARLIEST, effort=Effort(steps=STEPS)
    )
    assert isinstance(dates, DateProposal), dates

    check_pods(drawn, programme, pods, people)
    check_dates(programme, register, dates, len(pods.pods))


def check_pods(drawn: ModuleType, programme: Any, pods: PodProposal, people: int) -> None:
    """Judge pods by the verifier, and by what can be seen without it."""
    seated = [seat.person for pod in pods.pods for seat in pod.seats]
    carried = Counter(pod.coach for pod in pods.pods)
    broken = [
        each for each in verify_pods(programme.ruleset, programme.register, pods, day=drawn.DAY) if each.inflexible
    ]

    assert [] == broken
    assert [drawn.name(number) for number in range(people)] == sorted(seated)
    assert {5, 6, 7} >= {len(pod.seats) for pod in pods.pods}
    assert None not in carried
    assert 3 >= max(carried.values())
    assert 0 <= pods.bound <= pods.score == sum(rule.cost for rule in pods.rules)


def check_dates(programme: Any, register: Any, dates: DateProposal, pods: int) -> None:
    """Judge dates by the verifier, and by what can be seen without it."""
    violations = verify_dates(programme.ruleset, register, dates, programme.availability)
    busy = Counter((register.coach_of(each.pod, each.starts.date()), each.starts) for each in dates.sessions)

    assert [] == [each for each in violations if each.inflexible]
    assert {1, 2, 3, 4} == {each.number for each in dates.sessions}
    assert 4 * pods == len(dates.sessions)
    assert {1} == set(busy.values())
    assert 0 <= dates.bound <= dates.score == sum(rule.cost for rule in dates.rules)
