"""The jobs of the daemon."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from structlog.testing import capture_logs

from convener.daemon.jobs import Jobs
from convener.daemon.record import Record
from convener.engines import Embedded, open_engine
from convener.operations.sync import SyncReport
from convener.operations.tick import TickReport
from convener.operations.workspace import Workspace

pytestmark = pytest.mark.integration
SCOPE = "northern-health/primary-care"
PEOPLE = 40


@dataclass
class Room:
    """Jobs on a workspace, and what they hurried."""

    workspace: Workspace
    hurried: list[str] = field(default_factory=list)
    over: bool = False

    def jobs(self, engine: Any = None) -> Jobs:
        """Return the jobs, done by *engine*."""
        return Jobs(
            workspace=self.workspace,
            engine=engine or open_engine(self.workspace),
            record=Record(self.workspace.clock),
            hurry=self.hurried.append,
            is_over=lambda: self.over,
        )


@pytest.fixture
def room(workspace: Workspace) -> Room:
    """Return a room with a programme that has just gone live."""
    return Room(workspace)


def test_what_is_planned_is_delivered_at_once(room: Room, mails: Callable[[], int]) -> None:
    """`tick` hurries `deliver` and comes again when the next thing is due (P3)."""
    jobs = room.jobs()
    jobs.rules()
    with capture_logs() as said:
        again = jobs.tick()
        jobs.deliver()

    assert (["tick", "deliver"], PEOPLE) == (room.hurried, mails())
    assert ["tick.planned", "dispatches.delivered"] == [line["event"] for line in said]
    assert PEOPLE == said[1]["sent"]
    assert again is not None
    assert again > 0


class Due(Embedded):
    """An engine whose next due instant is given."""

    next_due: datetime | None = None

    def tick(self, scope: str = "", *, at: datetime | None = None) -> TickReport:
        """Decide nothing."""
        return TickReport(next_due=self.next_due, failures=((SCOPE, "because of ana@acme.example"),))


@pytest.mark.parametrize(("minutes", "seconds"), [(None, None), (-1, None), (0, None), (2, 120.0)])
def test_what_was_due_already_waits_for_the_rhythm(room: Room, minutes: int | None, seconds: float | None) -> None:
    """A programme that cannot be decided stays due; it must not be tried without a pause."""
    engine = Due(room.workspace, owner="test")
    engine.next_due = None if minutes is None else room.workspace.clock.now() + timedelta(minutes=minutes)

    assert seconds == room.jobs(engine).tick()


def test_a_programme_that_cannot_be_decided_is_a_failure_until_it_can(room: Room) -> None:
    """By its scope, and without the reason, which may name somebody (P14, fault 38)."""
    engine = Due(room.workspace, owner="test")
    jobs = room.jobs(engine)
    with capture_logs() as said:
        jobs.tick()
        jobs.engine = open_engine(room.workspace)
        before = dict(jobs.record.in_row)
        jobs.tick()

    assert ({f"tick {SCOPE}": 1}, {}) == (before, jobs.record.in_row)
    assert "ana@" not in str(said)


def test_one_roster_that_cannot_be_read_keeps_no_other_from_it(
    room: Room, edit: Callable[[str, str, str], None]
) -> None:
    """Each client is a job of its own (P14)."""
    rules = room.workspace.folder / "rulesets"
    text = (rules / "northern-health.toml").read_text(encoding="utf-8")
    (rules / "a-client.toml").write_text(text.replace("northern-health.csv", "nowhere.csv"), encoding="utf-8")
    jobs = room.jobs()
    jobs.sync()

    assert ({"sync a-client": 1}, True) == (jobs.record.in_row, "sync northern-health" in jobs.record.good)


def test_what_a_roster_brings_is_decided_at_once(room: Room) -> None:
    """A new person is welcomed within the minute."""

    class Brings(Embedded):
        def sync(self, client: str) -> SyncReport:
            """Bring somebody."""
            return SyncReport(conflicts=(), refused=(), unchanged=0, created=(object(),))  # type: ignore[arg-type]  # only counted

    room.jobs(Brings(room.workspace, owner="test")).sync()

    assert ["tick"] == room.hurried


def test_a_daemon_that_ends_begins_with_no_other_roster(room: Room) -> None:
    """Whoever ends a daemon does not wait for thirty clients."""
    room.over = True
    jobs = room.jobs()
    jobs.sync()

    assert {} == jobs.record.good


def test_rules_are_told_once(room: Room, edit: Callable[[str, str, str], None]) -> None:
    """What is refused is in the log with its place, once and not each minute (P14)."""
    jobs = room.jobs()
    jobs.rules()
    edit("rulesets/northern-health.toml", "schema = 1", "schema = 1\nsurprise = true")
    with capture_logs() as said:
        jobs.rules()
        jobs.rules()

    assert [("rules.refused", "northern-health", "unknown-key")] == [
        (line["event"], line["client"], line["code"]) for line in said
    ]


def test_the_head_of_the_chain_is_written_down_outside_of_the_database(room: Room) -> None:
    """Whoever owns the database could write the whole chain anew, but not the log too (fault 42)."""
    with room.workspace.store.begin() as tx:
        events, head = tx.events_head()
    with capture_logs() as said:
        room.jobs().housekeeping()

    assert [("events.anchored", events, head)] == [(line["event"], line["events"], line["head"]) for line in said]
    assert events > 0
