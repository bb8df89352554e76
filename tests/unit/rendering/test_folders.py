"""Where templates are looked for."""

import os
from pathlib import Path

import pytest
from jinja2 import Environment

from convener.rendering.folders import BODY, SUBJECT, FolderLoader, TemplateFolders


def _write(folder: Path, name: str, text: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def test_the_first_folder_wins(tmp_path: Path) -> None:
    """A workspace replaces a shipped template by a file of the same name (R13)."""
    _write(tmp_path / "own", "messages/a.md.j2", "own")
    _write(tmp_path / "shipped", "messages/a.md.j2", "shipped")
    _write(tmp_path / "shipped", "messages/b.md.j2", "shipped")
    folders = TemplateFolders([tmp_path / "own", tmp_path / "shipped"])
    found = [folders.find(f"messages/{name}.md.j2") for name in "ab"]

    assert ["own", "shipped"] == [file.read_text() for file in found if file]
    assert {"a", "b"} == folders.names("messages", ".md.j2")


def test_a_folder_or_a_pipe_is_no_template(tmp_path: Path) -> None:
    """Neither is listed, so that nobody tries to read it."""
    (tmp_path / "messages" / "a.md.j2").mkdir(parents=True)
    os.mkfifo(tmp_path / "messages" / "b.md.j2")

    assert frozenset() == TemplateFolders([tmp_path]).names("messages", ".md.j2")


@pytest.mark.parametrize("name", ["../secret", "messages/../../secret", "messages//a", "./a", "a\\b", ""])
def test_a_name_cannot_leave_the_folder(tmp_path: Path, name: str) -> None:
    """Whatever the name says, only files below the folders are found."""
    _write(tmp_path, "secret", "x")

    assert TemplateFolders([tmp_path / "templates"]).find(name) is None


def test_the_two_halves_of_a_message_keep_their_lines(tmp_path: Path) -> None:
    """The body's first line is line 2, so that an error names the line people see."""
    _write(tmp_path, "a.md.j2", "\ufeffSubject: Hi {{ name }}\nbody\n")
    loader = FolderLoader(TemplateFolders([tmp_path]))
    halves = [loader.get_source(Environment(autoescape=True), "a.md.j2" + half)[0] for half in (SUBJECT, BODY)]

    assert ["Hi {{ name }}", "\nbody\n"] == halves


def test_a_missing_folder_has_no_names(tmp_path: Path) -> None:
    """A workspace need not have templates of its own."""
    assert frozenset() == TemplateFolders([tmp_path / "none"]).names("messages", ".md.j2")
