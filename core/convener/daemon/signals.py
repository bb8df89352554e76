"""What the system tells this process: to end, or to look at its files again.

Light to import: signals are caught before everything else is loaded, so that none is lost and none kills.
"""

import signal
import socket
import threading
from collections.abc import Callable
from types import FrameType

ENDS = (signal.SIGTERM, signal.SIGINT)
NUDGES = (signal.SIGHUP,) if hasattr(signal, "SIGHUP") else ()


class Signals:
    """The signals of this process from now on: kept until somebody hears them, each in a thread of its own."""

    def __init__(self) -> None:
        """Catch them; in the main thread only, as Python demands."""
        self.ended = False
        """Whether this process was told to end; also when there were so many signals that one was not kept."""
        self._ours, self._theirs = socket.socketpair()
        self._theirs.setblocking(False)
        signal.set_wakeup_fd(self._theirs.fileno(), warn_on_full_buffer=False)
        for number in (*ENDS, *NUDGES):
            signal.signal(number, self._interrupt)

    def _interrupt(self, number: int, frame: FrameType | None) -> None:
        """Touch nothing that has a lock: the thread that is interrupted may hold it."""
        self.ended = self.ended or number in ENDS

    def hand_to(self, *, end: Callable[[], None], nudge: Callable[[], None]) -> None:
        """Call *end* for each SIGTERM and Ctrl-C, *nudge* for SIGHUP, those of before included."""
        threading.Thread(target=self._listen, args=(end, nudge), name="signals", daemon=True).start()

    def _listen(self, end: Callable[[], None], nudge: Callable[[], None]) -> None:
        told = False
        while numbers := self._ours.recv(4096):
            ends = sum(number in ENDS for number in numbers)
            ends += self.ended and not (ends or told)  # its own byte found no room
            for _ in range(ends):
                end()
            told = told or bool(ends)
            if not told:
                nudge()
