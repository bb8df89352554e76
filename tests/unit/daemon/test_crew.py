"""Three hands that do the jobs."""

import threading
from collections.abc import Callable
from typing import Any

import pytest

from convener.daemon.crew import Crew
from convener.daemon.record import Record
from convener.engines import Embedded, open_engine
from convener.operations.sync import SyncReport
from convener.operations.workspace import Workspace

pytestmark = pytest.mark.integration
PEOPLE = 40
CAP = 60.0


def a_crew(workspace: Workspace, engine: Any = None, after: Callable[[str], None] = lambda job: None) -> Crew:
    """Return a crew on *workspace* that waits for nobody who hangs."""
    return Crew(
        workspace=workspace,
        engine=engine or open_engine(workspace),
        record=Record(workspace.clock),
        crashed=lambda: None,
        after=after,
        grace=0.0,
    )


class Hangs(Embedded):
    """An engine whose rosters hang."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace, owner="test")
        self.hanging, self.let_go = threading.Event(), threading.Event()

    def sync(self, client: str) -> SyncReport:
        """Hang until somebody lets go."""
        self.hanging.set()
        self.let_go.wait(CAP)
        return SyncReport()


def test_what_is_due_has_gone_out_when_it_has_drained(
    workspace: Workspace, mails: Callable[[], int], settle: Callable[[], None]
) -> None:
    """Whatever each hand was doing when it was told to end (P1)."""
    crew = a_crew(workspace)
    crew.grace = CAP
    crew.start()
    settle()
    left = crew.end(drain=True)

    assert ([], PEOPLE) == (left, mails())


def test_a_roster_that_hangs_keeps_nothing_from_going_out(workspace: Workspace, mails: Callable[[], int]) -> None:
    """It is left behind at the end, by the name of its hand (P14, fault 19)."""
    engine, sent = Hangs(workspace), threading.Event()
    crew = a_crew(workspace, engine, lambda job: sent.set() if mails() == PEOPLE else None)
    crew.start()
    went_out = engine.hanging.wait(CAP) and sent.wait(CAP)
    stuck = set(crew.record.stuck(-1))
    left = crew.end(drain=True)
    engine.let_go.set()

    assert (True, True) == (went_out, {"sync", "sync northern-health"} <= stuck)
    assert "chores" in left


def test_without_draining_nothing_new_begins(workspace: Workspace, mails: Callable[[], int]) -> None:
    """Other settings do not wait for a backlog: what is not sent is sent by those."""
    crew = a_crew(workspace)
    crew.halt()
    crew.grace = CAP
    crew.start()
    crew.end(drain=False)

    assert 0 == mails()
