"""Tables on stdout, progress only on a terminal."""

import pytest

from convener.cli.face import Face
from convener.cli.tables import show_table, working


def test_a_table_prints_what_it_is_given(face: Face, capsys: pytest.CaptureFixture[str]) -> None:
    """Square brackets are text, None is a dash, and nothing long is cut when it goes to a file."""
    show_table(face, "People", ("name", "note"), [("[red]Ana[/red]", None), ("Ben", "x" * 150)])
    out = capsys.readouterr().out

    assert [True, True, True] == [word in out for word in ("[red]Ana[/red]", "-", "x" * 150)]


def test_a_title_is_as_wide_as_it_likes(face: Face, capsys: pytest.CaptureFixture[str]) -> None:
    """A long title above a narrow table stays on one line."""
    show_table(face, "leeds/2, Tue 26 Jan 2027 10:00 GMT", ("why",), [("it stays",)])

    assert "leeds/2, Tue 26 Jan 2027 10:00 GMT" == capsys.readouterr().out.splitlines()[0]


def test_an_empty_table_is_said_in_words(face: Face, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing on stdout when there is nothing."""
    show_table(face, "People", ("name",), [])

    assert ("", "People: nothing to show\n") == capsys.readouterr()


def test_progress_is_silent_in_a_pipe(face: Face, capsys: pytest.CaptureFixture[str]) -> None:
    """A log gets no spinner."""
    with working(face, "planning"):
        pass

    assert ("", "") == capsys.readouterr()
