"""Whether the daemon is alive, and whether it can work: what `/livez`, `/readyz` and the watchdog go by."""

from collections.abc import Callable

from convener.clock import Clock
from convener.daemon.asking import Asked
from convener.daemon.record import Record
from convener.daemon.site import PLAIN, UNAVAILABLE
from convener.errors import ConvenerError
from convener.operations.workspace import Workspace

FRESH = 1.0
"""Seconds for which the database is not asked again."""


class Readiness:
    """Says what keeps the daemon from its work, in words without secrets or names of people."""

    def __init__(self, clock: Clock, record: Record, present: Callable[[], Workspace | None]) -> None:
        """Ask *present* for the workspace the daemon works on, None while it begins or ends."""
        self._record, self._present = record, present
        self._database = Asked(self._look, "the database does not answer", clock, fresh=FRESH)

    def stuck(self, longest: float) -> list[str]:
        """Return why the daemon is not alive: the jobs at the same work for more than *longest* seconds."""
        return [f"{job} is at the same work for too long" for job in self._record.stuck(longest)]

    def livez(self, longest: float) -> tuple[int, str, bytes]:
        """Return the page that says whether the daemon is alive."""
        return _page(self.stuck(longest))

    def readyz(self) -> tuple[int, str, bytes]:
        """Return the page that says whether the daemon can work."""
        trouble = self._database.answer()
        return _page([trouble] if trouble else [])

    def _look(self) -> str:
        present = self._present()
        if present is None:
            return "the daemon begins or ends"
        try:
            hold = present.store.standing().hold
        except ConvenerError:
            return "the database cannot be used"
        return "nothing goes out until a person has looked: convener db adopt" if hold else ""


def _page(troubles: list[str]) -> tuple[int, str, bytes]:
    text = "\n".join(troubles or ["ok"])
    return UNAVAILABLE if troubles else 200, PLAIN, f"{text}\n".encode()
