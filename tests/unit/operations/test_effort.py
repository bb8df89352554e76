"""How long planning looks."""

from convener.operations.effort import ENDLESS, Budget, effort_of
from convener.planning.effort import Progress

FAR = Progress(best=3, bound=1, steps=10)


def test_a_plain_budget_is_as_many_steps_as_usual() -> None:
    """Without seconds no clock ends a search, so that it repeats on any machine (R8)."""
    effort = effort_of(Budget(seed=4), stopwatch=iter([0.0, 1e9]).__next__)

    assert (4, None, 500) == (effort.seed, effort.steps, effort.left(500))
    assert not effort.watch(FAR)


def test_steps_are_a_limit() -> None:
    """So many steps and no more, whatever the question (R8)."""
    assert 70 == effort_of(Budget(steps=70)).left(500)


def test_seconds_end_a_search_whatever_its_steps() -> None:
    """The search goes on until they have passed, and not a step longer than somebody allowed."""
    effort = effort_of(Budget(seconds=2.0), stopwatch=iter([10.0, 11.9, 12.0]).__next__)

    assert ENDLESS == effort.left(500)
    assert [False, True] == [effort.watch(FAR), effort.watch(FAR)]
    assert 70 == effort_of(Budget(seconds=2.0, steps=70)).left(500)


def test_who_is_told_may_end_it() -> None:
    """Progress and seconds are handed on; a yes is the end."""
    told: list[tuple[Progress, float]] = []

    def tell(progress: Progress, seconds: float) -> bool:
        told.append((progress, seconds))
        return True

    effort = effort_of(Budget(), tell, iter([10.0, 13.5]).__next__)

    assert effort.spend(10, best=3, bound=1)
    assert [(FAR, 3.5)] == told
