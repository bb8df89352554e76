"""Data on stdout, words on stderr, and where the workspace is."""

from pathlib import Path

import pytest

from convener.cli.face import Face, counted, printable


def test_data_and_words_go_apart(face: Face, capsys: pytest.CaptureFixture[str]) -> None:
    """JSON goes to stdout as UTF-8, words to stderr."""
    face.data({"name": "Věra"})
    face.say("done")

    assert ('{\n  "name": "Věra"\n}\n', "done\n") == capsys.readouterr()


def test_the_nearest_workspace_upwards(face: Face, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From a folder inside, the workspace around it is found."""
    (tmp_path / "config.toml").touch()
    (tmp_path / "data" / "old").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "data" / "old")

    assert tmp_path == face.folder


def test_a_named_workspace_wins(face: Face, tmp_path: Path) -> None:
    """What --workspace says is not looked for elsewhere."""
    face.workspace = tmp_path / "other"

    assert tmp_path / "other" == face.folder


def test_a_terminal_is_not_commanded() -> None:
    """Control characters from a file reach no terminal."""
    assert "a·[31mb\n\tc" == printable("a\x1b[31mb\n\tc")


def test_one_is_singular() -> None:
    """Counts read as people say them."""
    assert ("1 error", "0 errors", "2 errors") == (counted(1, "error"), counted(0, "error"), counted(2, "error"))
