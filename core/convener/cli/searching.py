"""What a person sees and can do while a plan is looked for: a line of progress, and Ctrl-C to take the best so far."""

import signal
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType

from rich.status import Status

from convener.cli.face import Face
from convener.cli.tables import console_of
from convener.operations.effort import Budget, effort_of
from convener.planning.effort import Effort, Progress

THOUSAND, MILLION = 1_000, 1_000_000


@dataclass(slots=True)
class Search:
    """One search that somebody waits for."""

    words: str
    status: Status | None = None
    """The line of progress, None without a terminal."""
    interrupted: bool = False
    """Whether Ctrl-C was pressed."""
    effort: Effort = field(default_factory=Effort)

    def tell(self, progress: Progress, seconds: float) -> bool:
        """Show how far the search has come, and return whether it is to end."""
        if self.status is not None:
            self.status.update(f"{self.words}: {told(progress, seconds)}")
        return self.interrupted

    def interrupt(self, number: int, frame: FrameType | None) -> None:
        """End the search with the best so far; asked again, give up."""
        if self.interrupted:
            raise KeyboardInterrupt
        self.interrupted = True


@contextmanager
def searching(face: Face, words: str, budget: Budget) -> Generator[Search]:
    """Yield a search with an effort of *budget*; meanwhile its progress is shown, and the first Ctrl-C is its end.

    The second Ctrl-C is as ever, and so is every one afterwards.
    """
    search = Search(words)
    search.effort = effort_of(budget, search.tell)
    try:
        with _interruptible(search), _shown(face, search):
            yield search
    except KeyboardInterrupt:
        face.say(f"{words}: given up; nothing has changed")
        raise


@contextmanager
def _shown(face: Face, search: Search) -> Generator[None]:
    """Show the progress of *search* on a terminal."""
    if not sys.stderr.isatty():
        yield
        return
    with console_of(face, stderr=True).status(search.words) as search.status:
        yield


@contextmanager
def _interruptible(search: Search) -> Generator[None]:
    """Let Ctrl-C interrupt *search*, where signals can be heard: in the main thread."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, search.interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def told(progress: Progress, seconds: float) -> str:
    """Say how far a search has come, in a line and one on what can be done."""
    steps, spent = f"{brief(progress.steps)} steps", f"{seconds:.0f} s"
    if progress.best is None:
        return f"nothing yet, {steps}, {spent}"
    gap = 100 * (progress.best - progress.bound) / max(abs(progress.best), 1)
    figures = f"best {progress.best:,}, bound {progress.bound:,}, gap {max(gap, 0):.1f} %"
    return f"{figures}, {steps}, {spent}\n  Ctrl-C keeps the best so far"


def brief(count: int) -> str:
    """Return *count* in few figures: `950`, `12 thousand`, `3.4 million`."""
    if count < 10 * THOUSAND:
        return f"{count:,}"
    return f"{count / MILLION:.1f} million" if count >= MILLION else f"{count // THOUSAND} thousand"


def summary(search: Search, *, score: int, bound: int, steps: int) -> str:
    """Say how good what was found is, what it took, and whether it would be found again."""
    said = f"{quality(score, bound)}; {brief(steps)} steps, seed {search.effort.seed}"
    if not search.effort.stopped or score == bound:
        return said
    ended = "stopped; the best so far" if search.interrupted else "time is up; the best so far"
    return f"{said}\n{ended}, which may be another one next time"


def quality(score: int, bound: int) -> str:
    """Say how good a plan of cost *score* is, where none can be below *bound*."""
    best = "no better one exists" if score == bound else f"none can be below {bound:,}"
    return f"cost {score:,}, less is better; {best}"
