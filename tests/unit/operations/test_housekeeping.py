"""Forgetting what has been kept long enough."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from convener.model import Attendance, SessionStatus
from convener.operations.delivery import deliver
from convener.operations.housekeeping import HousekeepingReport, housekeep, limits_of
from convener.operations.initialise import initialise
from convener.operations.tick import tick

LIVE = datetime(2026, 12, 7, 9, tzinfo=UTC)
SCOPE = "northern-health/primary-care"
RULE = """
[rules.forget]
kind = "retention"
flexibility = "flexible"
bodies = "2 weeks"
comments = "1 month"
"""


@pytest.fixture
def sent(live: Any) -> Any:
    """Return the world after its first messages went out."""
    tick(live.workspace)
    assert deliver(live.workspace).sent
    return live


def _with_rule(world: Any, text: str = RULE) -> None:
    file = world.workspace.folder / "rulesets" / "northern-health.toml"
    file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")


def _counts(world: Any) -> tuple[int, int]:
    """Return how many rows the ledger has, and how many of them still their text."""
    with world.workspace.store.begin() as tx:
        keys = [row.dispatch.key for row in tx.ledger()]
        return len(keys), sum(tx.parcel(key) is not None for key in keys)


def test_texts_are_kept_as_long_as_the_settings_say(sent: Any) -> None:
    """Thirty days; then they go, and that they were sent stays (fault 41)."""
    rows, _ = _counts(sent)
    sent.clock.move_to(LIVE + timedelta(days=30))
    first = housekeep(sent.workspace)
    sent.clock.move_to(LIVE + timedelta(days=30, minutes=1))
    second = housekeep(sent.workspace)

    assert (0, rows, (rows, 0)) == (first.bodies, second.bodies, _counts(sent))
    assert HousekeepingReport() == housekeep(sent.workspace)
    assert () == sent.workspace.store.verify().faults


def test_a_client_s_rule_comes_before_the_settings(sent: Any) -> None:
    """Two weeks for this one (fault 41)."""
    _with_rule(sent)
    sent.clock.move_to(LIVE + timedelta(days=15))

    assert _counts(sent)[0] == housekeep(sent.workspace).bodies
    assert 0 == _counts(sent)[1]


def test_the_shortest_rule_holds(live: Any) -> None:
    """Months are those of the calendar, on the client's wall clock."""
    _with_rule(live)
    _with_rule(live, RULE.replace("forget", "forget-sooner").replace("2 weeks", "1 day").replace("1 month", "3 months"))
    limits = limits_of(live.workspace, SCOPE, LIVE)

    assert (LIVE - timedelta(days=1), datetime(2026, 11, 7, 9, tzinfo=UTC)) == (limits.bodies, limits.notes)


def test_a_message_that_has_not_gone_keeps_its_text(live: Any) -> None:
    """However old it is: it may still go (N5)."""
    tick(live.workspace)
    rows, texts = _counts(live)
    live.clock.move_to(LIVE + timedelta(days=900))

    assert (0, rows, (rows, rows)) == (housekeep(live.workspace).bodies, texts, _counts(live))


def test_notes_go_with_time_and_attendance_stays(live: Any) -> None:
    """Two years after the session; who was there and how is kept (faults 41, 43)."""
    register = live.register
    session = next(each for each in register.sessions.values() if each.ends)
    person = register.members(session.pod, session.ends.date())[0]
    row = Attendance(session=session.id, person=person, status="attended", engagement=4, note="burnt out")
    held = replace(session, status=SessionStatus.HELD)
    with live.workspace.store.begin() as tx:
        before = tx.load(*SCOPE.split("/"), notes=True)
        tx.save(before, replace(before.with_session(held), attendance={(session.id, person): row}))
    notes = []
    for year in (2028, 2029):
        live.clock.move_to(session.ends.replace(year=year) + timedelta(days=1))
        notes.append(housekeep(live.workspace).notes)

    assert [0, 1] == notes
    assert replace(row, note="") == live.register.attendance[session.id, person]


def test_rules_that_cannot_be_read_forget_nothing(sent: Any) -> None:
    """They may say that it is to be kept; it is told which programme waits (P14)."""
    _with_rule(sent, "\ncolour = 1\n[[[")
    sent.clock.move_to(LIVE + timedelta(days=60))
    report = housekeep(sent.workspace)

    assert (0, [SCOPE]) == (report.bodies, [scope for scope, _ in report.failures])
    assert _counts(sent)[0] == _counts(sent)[1]


def test_a_client_who_is_gone_goes_by_the_settings(sent: Any) -> None:
    """Nobody keeps texts for ever by removing a file."""
    (sent.workspace.folder / "rulesets" / "northern-health.toml").unlink()
    sent.clock.move_to(LIVE + timedelta(days=60))

    assert _counts(sent)[0] == housekeep(sent.workspace).bodies


def test_copies_of_upgrades_go_with_the_texts_they_hold(
    tmp_path: Path, on_sqlite: Callable[[Path], Path], opened: Callable[[Path, datetime], Any]
) -> None:
    """What was forgotten in the database must not live on beside it (faults 39, 47)."""
    initialise(tmp_path / "w")
    world, var = opened(on_sqlite(tmp_path / "w"), LIVE), tmp_path / "w" / "var"
    for name, days in {"convener.db.before-0002": 31, "convener.db.before-0003": 29}.items():
        (var / name).write_bytes(b"a copy")
        made = (LIVE - timedelta(days=days)).timestamp()
        os.utime(var / name, (made, made))

    assert 1 == housekeep(world.workspace).copies
    assert ["convener.db.before-0003"] == [path.name for path in var.glob("convener.db.before-*")]
