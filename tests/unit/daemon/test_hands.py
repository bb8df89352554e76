"""Threads with jobs that come round."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from convener.clock import SystemClock, VirtualClock
from convener.daemon.hands import LONGEST_WAIT, Hand

CAP = 60.0
HOUR = timedelta(hours=1)


class Signal:
    """A job that tells when it was done."""

    def __init__(self) -> None:
        self.done = threading.Semaphore(0)

    def __call__(self) -> None:
        """Do it."""
        self.done.release()

    def happened(self) -> bool:
        """Tell whether it was done once more, within a generous time."""
        return self.done.acquire(timeout=CAP)


def a_hand(*jobs: tuple[str, Callable[[], float | None]], crashed: Callable[[], None] = lambda: None) -> Hand:
    """Return a hand on the clock of this machine whose jobs come once an hour."""
    hand = Hand("hand", SystemClock(), crashed)
    for name, work in jobs:
        hand.every(HOUR, name, work)
    return hand


def test_every_job_comes_at_first_and_the_hurried_one_again() -> None:
    """A job of another hand is none of its business."""
    one, other = Signal(), Signal()
    hand = a_hand(("one", one), ("other", other))
    hand.start()
    first = one.happened(), other.happened()
    hand.hurry("other", "elsewhere")
    again = other.happened()
    hand.end()

    assert ((True, True), True, True) == (first, again, hand.join(CAP))
    assert not one.done.acquire(blocking=False)


def test_the_last_job_is_done_after_the_end_was_told() -> None:
    """What was planned still goes out (P1)."""
    one = Signal()
    hand = a_hand(("one", one))
    hand.start()
    first = one.happened()
    hand.end(last="one")

    assert (True, True, True) == (first, hand.join(CAP), one.happened())


def test_a_hand_that_hangs_is_not_waited_for_without_end() -> None:
    """Whoever ends a daemon gets it ended."""
    let_go = threading.Event()
    hand = a_hand(("one", lambda: let_go.wait(CAP) and None))
    hand.start()
    hand.end()
    hung = hand.join(0)
    let_go.set()

    assert (False, True) == (hung, hand.join(CAP))


def test_a_hand_that_was_never_started_has_ended() -> None:
    """A daemon that fails while it begins ends all the same."""
    assert a_hand().join(0)


def test_a_job_that_hurries_a_later_one_of_its_hand_has_it_done_once() -> None:
    """`rules` hurries `tick`, which is due anyway at the start."""
    hand, second = a_hand(), Signal()
    hand.every(HOUR, "first", lambda: hand.hurry("second"))
    hand.every(HOUR, "second", second)
    hand.start()
    done = second.happened()
    hand.end()

    assert (True, True, False) == (done, hand.join(CAP), second.done.acquire(blocking=False))


class Jumping(VirtualClock):
    """A clock that is set back by a day in every wait, until it ends the hand."""

    def __init__(self, waits: int) -> None:
        super().__init__(datetime(2027, 1, 18, tzinfo=UTC))
        self.left, self.passed, self.hand = waits, 0.0, a_hand()

    def steady(self) -> float:
        """Return what really passed."""
        return self.passed

    def wait(self, seconds: float, wake: threading.Event) -> bool:
        """Let *seconds* pass, and the wall clock go back."""
        self.waited.append(seconds)
        self.passed += seconds
        self.instant -= timedelta(days=1)
        self.left -= 1
        if self.left == 0:
            self.hand.end()
        return False


def test_a_clock_that_is_set_moves_no_rhythm() -> None:
    """Ten waits of a minute at most are ten minutes, whatever the wall clock says meanwhile (fault 12)."""
    clock, done = Jumping(waits=10), []
    clock.hand = Hand("hand", clock, lambda: None)
    clock.hand.every(timedelta(minutes=5), "job", lambda: done.append(clock.passed))
    clock.hand.start()

    assert clock.hand.join(CAP)
    assert max(clock.waited) <= LONGEST_WAIT
    assert [0, 300] == [round(passed) for passed in done]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_hand_that_breaks_says_so() -> None:
    """A thread that ends in silence would be a daemon that looks alive."""
    broke = threading.Event()

    class Broken(VirtualClock):
        def wait(self, seconds: float, wake: threading.Event) -> bool:
            """Break as no job can."""
            raise SystemExit

    hand = Hand("hand", Broken(datetime(2027, 1, 18, tzinfo=UTC)), broke.set)
    hand.every(HOUR, "job", lambda: None)
    hand.start()

    assert (True, True) == (broke.wait(CAP), hand.join(CAP))
