"""The lines of one connector: one message after another on each, as many at once as messages at once."""

from collections.abc import Callable
from threading import Lock

from convener_smtp.line import Letter, Line, StaleError

MOST_LETTERS = 100
"""Messages after which a line is exchanged for a new one; servers count, and take long talkers for spammers."""


class Lines:
    """Keeps the lines that nobody uses; several threads may call at once."""

    def __init__(self, open_one: Callable[[float], Line]) -> None:
        """Take how a line is opened, by a monotonic moment."""
        self._open_one = open_one
        self._lock = Lock()
        self._idle: list[Line] = []

    def deliver(self, letter: Letter, until: float) -> int:
        """Put *letter* on a line, a kept one if there is one; raises what `Line.deliver` and opening a line raise."""
        while True:
            line = self._take() or self._open_one(until)
            try:
                return line.deliver(letter, until)
            except StaleError:
                continue  # nothing was heard of it; the kept ones run out, and a new one is never stale
            finally:
                self._put_back(line)

    def rest(self) -> None:
        """Say goodbye on every line that nobody uses."""
        with self._lock:
            idle, self._idle = self._idle, []
        for line in idle:
            line.part()

    def _take(self) -> Line | None:
        with self._lock:
            return self._idle.pop() if self._idle else None

    def _put_back(self, line: Line) -> None:
        if line.open and line.used < MOST_LETTERS:
            with self._lock:
                self._idle.append(line)
        elif line.open:
            line.part()
