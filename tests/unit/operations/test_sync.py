"""Bringing rosters in."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from convener.errors import UsageError
from convener.operations.sync import sync

CLIENT = "northern-health"


def rewrite(world, old: str, new: str) -> None:
    """Change one piece of text in the roster of *world*."""
    file: Path = world.workspace.folder / "data" / "northern-health.csv"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_first_sync_creates_everyone(draft) -> None:
    """Forty rows make forty participants, with managers, coaches and the sponsor beside them (R3)."""
    report = sync(draft.workspace, CLIENT)
    register = draft.register

    assert (40, 0, 0, ()) == (len(report.created), len(report.updated), report.unchanged, report.refused)
    assert 40 == len(register.participants(date(2026, 12, 1)))
    assert 7 == len(register.coaches)
    assert "priya.nair@northern.example" in register.people


def test_a_second_sync_changes_nothing(draft) -> None:
    """Import is idempotent (R3)."""
    sync(draft.workspace, CLIENT)
    before = draft.register
    report = sync(draft.workspace, CLIENT)

    assert (0, 0, 40) == (len(report.created), len(report.updated), report.unchanged)
    assert before == draft.register


def test_a_dry_run_reports_and_writes_nothing(draft) -> None:
    """`--dry-run` says what would be created and leaves the register empty (R3)."""
    report = sync(draft.workspace, CLIENT, dry_run=True)

    assert (40, 0) == (len(report.created), len(draft.register.enrolments))


def test_a_changed_address_is_an_update_and_not_a_second_person(draft) -> None:
    """The stable id decides who a row is about (R3)."""
    sync(draft.workspace, CLIENT)
    rewrite(draft, "chiara.grant@northern.example", "chiara.grant-lee@northern.example")
    report = sync(draft.workspace, CLIENT)

    assert [("chiara.grant-lee@northern.example", ("email",))] == [(row.email, row.changes) for row in report.updated]
    assert 40 == len({row.person for row in draft.register.enrolments})


def test_a_new_manager_in_the_roster_is_dated(draft) -> None:
    """The old manager stays on record up to the day of the sync (R1, R2)."""
    sync(draft.workspace, CLIENT)
    draft.clock.instant += timedelta(days=10)
    rewrite(draft, "Mairead Rahman,mairead.rahman@northern.example", "Leila Iqbal,leila.iqbal@northern.example")
    sync(draft.workspace, CLIENT)
    register = draft.register

    assert "mairead.rahman@northern.example" == register.manager_of("00101", date(2026, 12, 9))
    assert "leila.iqbal@northern.example" == register.manager_of("00101", date(2026, 12, 10))
    assert "manager.changed" in {event.name for event in register.events}


def test_someone_missing_from_the_roster_is_a_conflict_and_not_a_leaver(draft) -> None:
    """Leaving is a decision of a person, not an omission in a file (R2)."""
    sync(draft.workspace, CLIENT)
    file = draft.workspace.folder / "data" / "northern-health.csv"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(lines[:1] + lines[2:]), encoding="utf-8")
    report = sync(draft.workspace, CLIENT)

    assert 1 == len(report.conflicts)
    assert "chiara.grant@northern.example is no longer in the roster" in report.conflicts[0]
    assert "00101" in draft.register.participants(date(2026, 12, 1))


def test_an_unknown_client_is_named_with_those_there_are(draft) -> None:
    """A misspelled client is a usage error that lists the clients."""
    with pytest.raises(UsageError) as caught:
        sync(draft.workspace, "northern")

    assert "northern-health" in caught.value.hint
