"""Asking something that may hang."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from convener.clock import VirtualClock
from convener.daemon.asking import Asked

NOON = datetime(2027, 1, 18, 12, tzinfo=UTC)


def test_an_answer_is_kept_for_a_moment() -> None:
    """However many want to know."""
    clock, answers = VirtualClock(NOON), iter(range(9))
    asked = Asked(lambda: next(answers), -1, clock, fresh=5)
    first = [asked.answer(), asked.answer()]
    clock.move_to(NOON + timedelta(seconds=5))

    assert ([0, 0], 1) == (first, asked.answer())


def test_what_asking_raises_is_raised_and_not_kept() -> None:
    """The next one asks anew."""
    outcomes = iter([ZeroDivisionError, None])

    def ask() -> int:
        if error := next(outcomes):
            raise error
        return 7

    asked = Asked(ask, -1, VirtualClock(NOON), fresh=5)
    with pytest.raises(ZeroDivisionError):
        asked.answer()

    assert 7 == asked.answer()


def test_while_one_question_hangs_the_others_are_not_kept() -> None:
    """A database that does not answer must not pile up readers."""
    inside, let_go = threading.Event(), threading.Event()

    def ask() -> str:
        inside.set()
        let_go.wait(60)
        return "late"

    asked = Asked(ask, "hangs", VirtualClock(NOON), fresh=5, patience=0.01)
    first = threading.Thread(target=asked.answer)
    first.start()
    inside.wait(60)
    meanwhile = asked.answer()
    let_go.set()
    first.join(60)

    assert ("hangs", "late") == (meanwhile, asked.answer())
