"""What a person sees and can do while a plan is looked for."""

import io
import signal
import sys
import threading

import pytest

from convener.cli.face import Face
from convener.cli.searching import brief, searching, summary, told
from convener.operations.effort import Budget
from convener.planning.effort import Progress


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def test_the_first_ctrl_c_keeps_the_best_and_the_second_gives_up(face: Face) -> None:
    """The search is asked to end at its next report; asked again, nothing is kept (R8)."""
    with searching(face, "planning", Budget()) as search:
        going = search.effort.spend(1, best=3, bound=1)
        signal.raise_signal(signal.SIGINT)
        ending = search.effort.spend(1, best=3, bound=1)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)

    assert (False, True, True) == (going, ending, search.effort.stopped)


def test_giving_up_is_said(face: Face, capsys: pytest.CaptureFixture[str]) -> None:
    """Who presses twice is told that nothing has changed (R8)."""

    def twice() -> None:
        with searching(face, "planning", Budget()):
            signal.raise_signal(signal.SIGINT)
            signal.raise_signal(signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        twice()

    assert "planning: given up; nothing has changed\n" == capsys.readouterr().err


def test_afterwards_ctrl_c_is_as_it_was(face: Face) -> None:
    """Whatever became of the search."""
    before = signal.getsignal(signal.SIGINT)
    with searching(face, "planning", Budget()):
        during = signal.getsignal(signal.SIGINT)

    assert (before, True) == (signal.getsignal(signal.SIGINT), during != before)


def test_outside_of_the_main_thread_no_signal_is_touched(face: Face) -> None:
    """Signals cannot be heard there, and the search goes on without."""
    seen: list[object] = []

    def search() -> None:
        with searching(face, "planning", Budget(steps=5)) as found:
            seen.append(found.effort.left(9))

    thread = threading.Thread(target=search)
    thread.start()
    thread.join()

    assert [5] == seen


def test_progress_is_shown_on_a_terminal_and_nowhere_else(face: Face, monkeypatch: pytest.MonkeyPatch) -> None:
    """Best, bound, gap, steps and time."""
    monkeypatch.setattr(sys, "stderr", Terminal())
    with searching(face, "planning", Budget()) as search:
        search.effort.spend(2_000_000, best=12, bound=9)
        shown = str(search.status.status) if search.status else ""
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with searching(face, "planning", Budget()) as quiet:
        pass

    assert shown.startswith("planning: best 12, bound 9, gap 25.0 %, 2.0 million steps, 0 s")
    assert quiet.status is None


def test_before_the_first_plan_there_is_no_gap() -> None:
    """Only steps and time are told."""
    assert "nothing yet, 12 thousand steps, 4 s" == told(Progress(best=None, bound=0, steps=12_345), 4.2)


@pytest.mark.parametrize(
    ("count", "text"), [(0, "0"), (9_999, "9,999"), (12_345, "12 thousand"), (3_400_000, "3.4 million")]
)
def test_large_counts_are_brief(count: int, text: str) -> None:
    """Few figures."""
    assert text == brief(count)


def test_a_summary_says_whether_it_would_be_found_again(face: Face) -> None:
    """A search that ended by itself repeats; one that was ended need not, unless it is proved best (R8)."""
    with searching(face, "planning", Budget(seed=4)) as search:
        whole = summary(search, score=12, bound=10, steps=5)
        signal.raise_signal(signal.SIGINT)
        search.effort.spend(1, best=12, bound=10)
        stopped = summary(search, score=12, bound=10, steps=6)
        proved = summary(search, score=12, bound=12, steps=6)

    assert "cost 12, less is better; none can be below 10; 5 steps, seed 4" == whole
    assert "stopped; the best so far" in stopped
    assert ["may be another one next time" in text for text in (whole, stopped, proved)] == [False, True, False]
