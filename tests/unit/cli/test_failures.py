"""One message, its cure, an exit code; a traceback only when asked for."""

import os
from pathlib import Path

import pytest

from convener.cli.face import Face
from convener.cli.failures import excerpt, explain_failure
from convener.errors import BusyError, InvalidError, Place, Problem, UsageError


def raised(failure: Exception) -> Exception:
    """Return *failure* with a traceback."""
    try:
        raise failure
    except type(failure) as caught:
        return caught


def test_a_message_with_its_cure(face: Face, capsys: pytest.CaptureFixture[str]) -> None:
    """What Convener reports is printed once, with its hint, and keeps its exit code."""
    code = explain_failure(UsageError("there is no pod 'x'", hint="pods: a, b"), face)

    assert (2, "error: there is no pod 'x'\nhint: pods: a, b\n") == (code, capsys.readouterr().err)


def test_every_problem_with_line_and_caret(face: Face, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each problem shows its place, the line it stands on and a caret below the column."""
    face.workspace = tmp_path
    (tmp_path / "a.toml").write_text("[x]\ncolour = 1\n", encoding="utf-8")
    problem = Problem(
        code="unknown-key", message="unknown key 'colour'", place=Place("a.toml", 2, 3), hint="try 'color'"
    )
    code = explain_failure(InvalidError((problem, problem)), face)
    once = "a.toml:2:3: error[unknown-key] unknown key 'colour'\n    colour = 1\n      ^\n    hint: try 'color'\n"

    assert (3, once * 2) == (code, capsys.readouterr().err)


def test_a_line_that_cannot_be_read_is_left_out(tmp_path: Path) -> None:
    """A place in a file that is gone, or beyond its end, shows no line."""
    (tmp_path / "a.toml").write_text("x = 1\n", encoding="utf-8")

    assert [[], []] == [excerpt(place, tmp_path) for place in (Place("a.toml", 9, 1), Place("b.toml", 1, 1))]


def test_of_a_long_line_there_is_what_surrounds_the_place(tmp_path: Path) -> None:
    """A terminal is not flooded, and the caret stays below its character: at the start, within and at the end."""
    (tmp_path / "a.toml").write_text(f"{'a' * 1000}X{'b' * 1000}\n", encoding="utf-8")
    start, within, end = (excerpt(Place("a.toml", 1, column), tmp_path) for column in (1, 1001, 2002))

    assert [f"{'a' * 200}…", "^"] == start
    assert "X" == within[0][within[1].index("^")]
    assert ("…", "…", 202) == (within[0][0], within[0][-1], len(within[0]))
    assert [f"…{'b' * 200}", f"{' ' * 201}^"] == end


def test_no_line_of_a_pipe_is_waited_for(tmp_path: Path) -> None:
    """What is not a file has no line to show."""
    os.mkfifo(tmp_path / "pipe.toml")

    assert [] == excerpt(Place("pipe.toml", 1, 1), tmp_path)


def test_a_line_that_ships_is_shown_too(tmp_path: Path) -> None:
    """A pack or a message that the workspace has no copy of; its own copy comes first."""
    place = Place("templates/messages/reminder.md.j2", 4, 1)
    shipped = excerpt(place, tmp_path)
    own = tmp_path / place.file
    own.parent.mkdir(parents=True)
    own.write_text("1\n2\n3\nmine\n", encoding="utf-8")

    assert ["Hello {{ recipient.first_name }},", "^"] == shipped
    assert ["mine", "^"] == excerpt(place, tmp_path)


def test_what_nobody_expected_is_one_line(face: Face, capsys: pytest.CaptureFixture[str]) -> None:
    """An internal error names its kind, and neither its message, which may hold data, nor a traceback."""
    code = explain_failure(raised(KeyError("ana@acme.example")), face)
    err = capsys.readouterr().err

    assert (1, 1) == (code, err.count("\n"))
    assert err.startswith("internal error KeyError at ")
    assert "ana@" not in err


def test_debug_shows_the_traceback(face: Face, capsys: pytest.CaptureFixture[str]) -> None:
    """With --debug the traceback comes first."""
    face.debug = True
    explain_failure(raised(KeyError("x")), face)

    assert capsys.readouterr().err.startswith("Traceback (most recent call last):")


def test_a_file_that_the_system_refuses(face: Face, capsys: pytest.CaptureFixture[str]) -> None:
    """What the operating system refuses is named with the file."""
    code = explain_failure(PermissionError(13, "Permission denied", "report.html"), face)

    assert (1, "error: report.html: permission denied\n") == (code, capsys.readouterr().err)


def test_another_daemon_has_its_own_code(face: Face, capsys: pytest.CaptureFixture[str]) -> None:
    """A second daemon exits 75, so that a supervisor can tell."""
    code = explain_failure(BusyError("another daemon works on this workspace"), face)

    assert (75, "error: another daemon works on this workspace\n") == (code, capsys.readouterr().err)
