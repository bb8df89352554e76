"""What the daemon knows of its own work."""

from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from convener.clock import VirtualClock
from convener.daemon.record import LONGEST_BACKOFF, Record
from convener.errors import HeldError, StoreError

NOON = datetime(2027, 1, 18, 12, tzinfo=UTC)


def failing(error: Exception) -> float | None:
    """Fail."""
    raise error


@pytest.fixture
def record() -> Record:
    """Return a record on a clock that stands still."""
    return Record(VirtualClock(NOON))


def test_what_a_job_raises_is_noted_and_stops_nothing(record: Record) -> None:
    """Its words are told to nobody: they may name somebody (P14, fault 38)."""
    with capture_logs() as said:
        again = record.run("sync acme", lambda: failing(RuntimeError("ana@acme.example")))

    assert (None, {"sync acme": 1}, {"sync acme": 1}) == (again, record.in_row, record.failures)
    assert [
        {"event": "job.failed", "job": "sync acme", "kind": "RuntimeError", "in_row": 1, "log_level": "error"}
    ] == said


def test_a_long_night_does_not_fill_the_log(record: Record) -> None:
    """Every doubling is told, and the morning."""
    with capture_logs() as said:
        for _ in range(100):
            record.run("tick", lambda: failing(RuntimeError()))
        record.run("tick", lambda: None)

    assert [1, 2, 4, 8, 16, 32, 64, 100] == [line["in_row"] for line in said]
    assert ("job.recovered", {}, {"tick": 100}) == (said[-1]["event"], record.in_row, record.failures)
    assert {"tick": NOON} == record.good


def test_a_database_that_is_gone_is_asked_again_ever_later(record: Record) -> None:
    """It is back for us within a minute of being back (fault 6)."""
    waits = [record.run("tick", lambda: failing(StoreError("gone"))) for _ in range(8)]

    assert [1, 2, 4, 8, 16, 32, LONGEST_BACKOFF, LONGEST_BACKOFF] == waits


def test_a_job_says_when_it_wants_to_come_again(record: Record) -> None:
    """`tick` knows when the next thing is due."""
    assert 7.0 == record.run("tick", lambda: 7.0)


def test_what_is_held_is_no_failure_and_is_told_once(record: Record) -> None:
    """A person decides; until then nothing is wrong with the daemon (fault 15)."""
    with capture_logs() as said:
        for _ in range(3):
            record.run("tick", lambda: failing(HeldError("copied")))
        held = record.held
        record.run("tick", lambda: None)

    assert (True, False, {}) == (held, record.held, record.in_row)
    assert ["daemon.held", "daemon.released"] == [line["event"] for line in said]


def test_a_job_that_takes_too_long_is_stuck_unless_it_gets_on() -> None:
    """Ten thousand messages may take their time; one may not."""
    clock = VirtualClock(NOON)
    record, stuck = Record(clock), []

    def work() -> None:
        clock.move_to(clock.now() + timedelta(minutes=20))
        stuck.append(record.stuck(900))
        record.went_on("deliver")
        stuck.append(record.stuck(900))

    record.run("deliver", work)
    record.went_on("deliver")

    assert [["deliver"], []] == stuck
    assert [] == record.stuck(0)
