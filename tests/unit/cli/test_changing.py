"""How a change is told."""

import pytest

from convener.cli.changing import print_change, shape
from convener.cli.face import Face
from convener.operations.change import ChangeReport


def test_notes_and_what_was_called_off(face: Face, capsys: pytest.CaptureFixture[str]) -> None:
    """Words go to stderr."""
    print_change(face, ChangeReport(events=(), notes=("below target",), called_off=2))

    assert ("", "note: below target\ndone; 2 planned messages called off\n") == capsys.readouterr()


def test_nothing_would_change(face: Face, capsys: pytest.CaptureFixture[str]) -> None:
    """A rehearsal without any difference says so."""
    face.dry_run = True
    print_change(face, ChangeReport(events=(), notes=()))

    assert ("", "What would go out: nothing to show\n") == capsys.readouterr()


def test_the_keys_of_a_change() -> None:
    """Events, notes and the difference."""
    assert ["events", "notes", "called_off", "appearing", "disappearing"] == list(
        shape(ChangeReport(events=(), notes=()))
    )
