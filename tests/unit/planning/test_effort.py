"""Budgets of steps."""

from convener.planning.effort import Effort, Progress


def test_what_is_left_is_the_budget_less_what_was_spent() -> None:
    """R8: a budget counts steps, never seconds."""
    effort = Effort(steps=100)
    effort.spend(30, best=5, bound=1)

    assert (70, 100) == (effort.left(10), effort.left(10) + effort.spent)


def test_without_a_budget_a_question_gets_what_its_size_is_worth() -> None:
    """R8: a plain run repeats anywhere, for its steps come from the question."""
    effort = Effort()
    effort.spend(4, best=None, bound=0)

    assert (6, 0) == (effort.left(10), effort.left(3))


def test_a_watch_is_told_everything_and_its_word_is_final() -> None:
    """R7: whoever watches sees best and bound, and ends the search."""
    told: list[Progress] = []

    def watch(progress: Progress) -> bool:
        told.append(progress)
        return progress.steps >= 20

    effort = Effort(steps=1_000, watch=watch)

    assert (False, True) == (effort.spend(10, best=9, bound=2), effort.spend(10, best=8, bound=3))
    assert (0, True) == (effort.left(1), effort.stopped)
    assert Progress(best=8, bound=3, steps=20) == told[-1]
    assert effort.spend(0, best=8, bound=3)


def test_parts_of_an_effort_share_what_is_left() -> None:
    """R8: problems solved one after the other get equal parts, with the same seed."""
    effort = Effort(seed=7, steps=90, spent=30)

    part = effort.share(3, usual=1)

    assert (20, 7, 0) == (part.left(1), part.seed, part.spent)
