"""Registers in."""

from datetime import UTC, date, timedelta
from pathlib import Path

import pytest

from convener.errors import UsageError
from convener.model import SessionStatus
from convener.operations import attendance
from convener.operations.tick import tick

SCOPE = "northern-health/primary-care"


@pytest.fixture
def after_three(live):
    """Return the live programme after every third session."""
    ends = [session.ends for session in live.register.sessions.values() if session.number <= 3]
    live.clock.move_to(max(ends) + timedelta(hours=3))
    return live


def test_the_example_register_holds_the_first_three_sessions(after_three) -> None:
    """A hundred and twenty rows are taken in, and fifteen sessions are held (R15)."""
    file = after_three.workspace.folder / "data" / "northern-health-attendance.csv"
    report = attendance.import_file(after_three.workspace, SCOPE, file)

    assert (120, (), 15, ()) == (report.recorded, report.refused, len(report.held), report.incomplete)


def test_importing_twice_changes_nothing(after_three) -> None:
    """The same file again records no row and makes no event (R15)."""
    file = after_three.workspace.folder / "data" / "northern-health-attendance.csv"
    attendance.import_file(after_three.workspace, SCOPE, file)
    before = after_three.register
    report = attendance.import_file(after_three.workspace, SCOPE, file)

    assert (0, 0, 120) == (report.recorded, report.changed, report.unchanged)
    assert before == after_three.register


def test_what_a_row_cannot_say_is_refused_with_its_line(after_three, tmp_path: Path) -> None:
    """Unknown people, statuses and sessions are refused; names match nobody (P11, R15)."""
    file = tmp_path / "register.csv"
    rows = [
        "email,session,status,engagement,note",
        "nobody@northern.example,1,attended,,",
        "Chiara Grant,1,attended,,",
        "chiara.grant@northern.example,1,present,,",
        "chiara.grant@northern.example,9,attended,,",
        "chiara.grant@northern.example,1,attended,7,",
        "chiara.grant@northern.example,1,attended,4,",
    ]
    file.write_text("\n".join(rows), encoding="utf-8")
    report = attendance.import_file(after_three.workspace, SCOPE, file)

    assert [2, 3, 4, 5, 6] == [refusal.line for refusal in report.refused]
    assert (1, ()) == (report.recorded, report.held)


def test_a_register_without_its_columns_is_refused_whole(after_three, tmp_path: Path) -> None:
    """A file that is no register says which column is missing."""
    file = tmp_path / "register.csv"
    file.write_text("email,when\na@x.example,1\n", encoding="utf-8")
    with pytest.raises(UsageError, match="no column session and no column status"):
        attendance.import_file(after_three.workspace, SCOPE, file)


def test_nobody_is_silently_marked_absent(after_three) -> None:
    """A session whose register lacks someone stays open and is listed with who is missing (R15)."""
    members = after_three.register.members("primary-care/tyneside", date(2027, 2, 1))
    someone = after_three.register.people[members[0]].email
    report = attendance.record(after_three.workspace, f"{SCOPE}/tyneside/1", {someone: "attended"})
    listed = {row.session: row for row in attendance.missing(after_three.workspace, SCOPE)}

    assert ("primary-care/tyneside/1",) == report.incomplete
    assert SessionStatus.CONFIRMED is after_three.register.sessions["primary-care/tyneside/1"].status
    assert 7 == len(listed["primary-care/tyneside/1"].people)
    assert someone not in listed["primary-care/tyneside/1"].people


def test_a_held_session_sends_one_toolkit_to_each_manager(after_three) -> None:
    """Managers of those who were there get exactly one toolkit a session, two hours after the register (R17)."""
    tick(after_three.workspace, at=after_three.clock.now())
    file = after_three.workspace.folder / "data" / "northern-health-attendance.csv"
    attendance.import_file(after_three.workspace, SCOPE, file)
    planned = tick(after_three.workspace, at=after_three.clock.now() + timedelta(hours=60)).planned
    toolkits = [dispatch for dispatch in planned if dispatch.automation == "manager-toolkit"]
    register = after_three.register
    present = {
        (session, register.manager_of(person, register.sessions[session].starts.astimezone(UTC).date()))
        for (session, person), row in register.attendance.items()
        if row.status in {"attended", "partly"}
    }

    assert len(toolkits) == len({(d.session, d.recipient) for d in toolkits})
    assert present == {(d.session, d.recipient) for d in toolkits}


def test_a_confidential_note_stays_out_of_every_dispatch(after_three) -> None:
    """A coach's note is in the register and in no parcel (R20, N8)."""
    file = after_three.workspace.folder / "data" / "northern-health-attendance.csv"
    text = file.read_text(encoding="utf-8").replace("attended,4,\n", "attended,4,canary-note\n", 1)
    file.write_text(text, encoding="utf-8")
    attendance.import_file(after_three.workspace, SCOPE, file)
    later = after_three.clock.now() + timedelta(days=8)
    planned = tick(after_three.workspace, at=later).planned
    with after_three.workspace.store.begin() as tx:
        parcels = [tx.parcel(dispatch.key) for dispatch in planned]

    assert "canary-note" in {row.note for row in after_three.register.attendance.values()}
    assert parcels
    assert not [p for p in parcels if p and "canary-note" in f"{p.text}{p.html}{[a.content for a in p.attachments]}"]


def test_a_register_can_be_rehearsed(after_three) -> None:
    """`--dry-run` judges every row and records none."""
    file = after_three.workspace.folder / "data" / "northern-health-attendance.csv"
    report = attendance.import_file(after_three.workspace, SCOPE, file, dry_run=True)

    assert (120, {}) == (report.recorded, dict(after_three.register.attendance))
