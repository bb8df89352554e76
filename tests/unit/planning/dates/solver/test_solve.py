"""Dates for all pods at once."""

import random
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convener.planning.dates.series import Limit, Schedule
from convener.planning.dates.solver import schedule
from convener.planning.effort import Effort, Progress
from convener.planning.search import Found


@pytest.mark.parametrize("a_day", [1, 2])
@pytest.mark.parametrize("seed", range(25))
def test_the_best_schedule_is_found_and_proved(small: SimpleNamespace, seed: int, a_day: int) -> None:
    """R10: for two pods the cost is the least of all schedules, or it is proved that there is none."""
    asked = small.asked(seed, a_day=a_day)
    best = small.least(asked)

    found = schedule(asked.series, asked.limits, Effort())

    if best is None:
        assert found is Found.NONE
    else:
        assert isinstance(found, Schedule)
        assert small.fits(asked, found)
        assert best == found.cost == found.bound


@settings(max_examples=40, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10**6), a_day=st.integers(0, 2), people=st.integers(0, 2))
def test_whatever_is_shared_the_best_schedule_is_found(
    small: SimpleNamespace, seed: int, a_day: int, people: int
) -> None:
    """R10, N6: four pods with two coaches and shared people get a schedule of the least cost there is."""
    asked = small.asked(seed, pods=4, slots=4, a_day=a_day, people=people)
    best = small.least(asked)

    found = schedule(asked.series, asked.limits, Effort())

    if best is None:
        assert found is Found.NONE
    else:
        assert isinstance(found, Schedule)
        assert small.fits(asked, found)
        assert best == found.cost == found.bound


def test_pods_in_another_order_get_the_same_dates(small: SimpleNamespace) -> None:
    """N6: neither the order of the pods nor that of the limits changes anything."""
    asked = small.asked(7, pods=12, layers=3, slots=40, people=6)
    order = random.Random(1).sample(range(12), 12)  # noqa: S311 - makes an example, not a secret

    one = schedule(asked.series, asked.limits, Effort())
    other = schedule([asked.series[at] for at in order], asked.limits[::-1], Effort())

    assert isinstance(one, Schedule)
    assert isinstance(other, Schedule)
    assert [one.paths[at] for at in order] == list(other.paths)
    assert (one.cost, one.bound) == (other.cost, other.bound)


def test_the_same_seed_and_steps_give_the_same_schedule(small: SimpleNamespace) -> None:
    """N6: a budget of steps repeats, and counts what it spends."""
    asked = small.asked(7, pods=12, layers=3, slots=14, people=6)
    efforts = [Effort(seed=3, steps=20_000), Effort(seed=3, steps=20_000)]

    one, other = (schedule(asked.series, asked.limits, effort) for effort in efforts)

    assert one == other
    assert efforts[0].spent == efforts[1].spent > 0


def test_a_search_that_is_stopped_keeps_the_best_so_far(small: SimpleNamespace) -> None:
    """R10: stopped at once there is a schedule that keeps every limit already, with an honest bound."""
    asked = small.asked(7, pods=12, layers=3, slots=20, people=6)

    found = schedule(asked.series, asked.limits, Effort(watch=lambda progress: True))

    assert isinstance(found, Schedule)
    assert small.fits(asked, found)


def test_reports_are_sums_over_all_pods(small: SimpleNamespace) -> None:
    """R10: best never rises, the bound never falls, and the last report agrees with the answer."""
    asked = small.asked(5, pods=9, layers=3, slots=20, people=2)
    told: list[Progress] = []

    def watch(progress: Progress) -> bool:
        told.append(progress)
        return False

    found = schedule(asked.series, asked.limits, Effort(watch=watch))

    assert isinstance(found, Schedule)
    bests = [progress.best for progress in told if progress.best is not None]
    bounds = [progress.bound for progress in told]
    assert sorted(bests, reverse=True) == bests
    assert sorted(bounds) == bounds
    assert (bests[-1], bounds[-1]) == (found.cost, found.bound)


def test_a_schedule_to_begin_from_is_kept_where_nothing_is_better(small: SimpleNamespace) -> None:
    """R11: of equals the schedule that is known already stays; one that may not be is mended."""
    asked = small.asked(5, pods=6, layers=2, slots=12)
    best = schedule(asked.series, asked.limits, Effort())
    assert isinstance(best, Schedule)

    kept = schedule(asked.series, asked.limits, Effort(), start=best.paths)
    mended = schedule(asked.series, asked.limits, Effort(), start=[(0, 99)] * 6)

    assert isinstance(kept, Schedule)
    assert isinstance(mended, Schedule)
    assert (best.paths, best.cost) == (kept.paths, mended.cost)


def test_a_pod_without_any_series_is_reported(small: SimpleNamespace) -> None:
    """R26: one pod that cannot be planned makes the whole impossible."""
    asked = small.asked(5, pods=3)
    closed = [*asked.limits, Limit("coach-0", frozenset(range(5)), 0)]

    assert schedule(asked.series, closed, Effort()) is Found.NONE


def test_no_pods_need_no_dates() -> None:
    """R9: nothing to plan is planned."""
    assert schedule((), (), Effort()) == Schedule((), 0, 0)
