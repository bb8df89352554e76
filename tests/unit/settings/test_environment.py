"""The environment over the file."""

from collections.abc import Callable
from pathlib import Path

import pytest

from convener.errors import InvalidError
from convener.settings import load_settings
from convener.settings.environment import ALSO, overlay, variables

Build = Callable[[str], Path]


def test_every_key_outside_connectors_and_plugins_has_a_variable() -> None:
    """The name of a variable is the path of its key; the database has the name besides that hosts give it."""
    expected = {
        "CONVENER_DATABASE",
        "CONVENER_DATABASE_URL",
        "CONVENER_REDIRECT_ALL",
        "CONVENER_SENDER_NAME",
        "CONVENER_SENDER_EMAIL",
        "CONVENER_DAEMON_TICK",
        "CONVENER_DAEMON_SYNC",
        "CONVENER_DAEMON_DELIVER",
        "CONVENER_DAEMON_HOUSEKEEPING",
        "CONVENER_DAEMON_LEASE",
        "CONVENER_DAEMON_RULES",
        "CONVENER_DAEMON_LONGEST_JOB",
        "CONVENER_DAEMON_LISTEN",
        "CONVENER_DAEMON_PING",
        "CONVENER_DAEMON_PING_EVERY",
        "CONVENER_ENGINE",
        "CONVENER_RETENTION_BODIES",
        "CONVENER_RETENTION_COMMENTS",
    }

    assert expected == set(variables())


def test_a_variable_stands_over_the_file(workspace: Build) -> None:
    """One key of a table is replaced and the others stay."""
    folder = workspace('[sender]\nname = "File"\nemail = "file@x.example"\n')

    settings = load_settings(folder, {"CONVENER_SENDER_NAME": "Variable", "CONVENER_DATABASE": ""})

    assert ("Variable", "file@x.example") == (settings.sender_name, settings.sender_email)
    assert "sqlite:///var/convener.db" == settings.database


def test_a_bad_variable_is_told_by_its_name(workspace: Build) -> None:
    """Nobody looks in the file for what stands in the environment."""
    with pytest.raises(InvalidError) as caught:
        load_settings(workspace('[daemon]\ntick = "1 minute"\n'), {"CONVENER_DAEMON_TICK": "soon"})

    assert ["$CONVENER_DAEMON_TICK"] == [problem.place.file for problem in caught.value.problems]


def test_the_file_itself_is_not_changed() -> None:
    """Laying over makes a new table."""
    data = {"sender": {"name": "File"}}

    laid, sources = overlay(data, {"CONVENER_SENDER_NAME": "Variable"})

    assert {"sender": {"name": "File"}} == data
    assert {"sender": {"name": "Variable"}} == laid
    assert {("sender", "name"): "CONVENER_SENDER_NAME"} == sources


def test_each_variable_stands_in_for_its_own_key() -> None:
    """Underscores part a table from its key, and stay inside a key that has some."""
    names = {name: path for name, path in variables().items() if name not in ALSO}

    laid, sources = overlay({}, {name: f"from {name}" for name in names})

    found = {path: laid[path[0]][path[1]] if len(path) > 1 else laid[path[0]] for path in names.values()}
    assert {path: f"from {name}" for name, path in names.items()} == found
    assert {path: name for name, path in names.items()} == sources


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"CONVENER_DATABASE_URL": "postgresql://h/d"}, "CONVENER_DATABASE_URL"),
        ({"CONVENER_DATABASE_URL": "postgresql://h/d", "CONVENER_DATABASE": ""}, "CONVENER_DATABASE_URL"),
        ({"CONVENER_DATABASE_URL": "sqlite:///a.db", "CONVENER_DATABASE": "postgresql://h/d"}, "CONVENER_DATABASE"),
    ],
)
def test_the_database_has_a_second_name(environ: dict[str, str], expected: str) -> None:
    """`CONVENER_DATABASE_URL` does what `CONVENER_DATABASE` does, and gives way to it."""
    laid, sources = overlay({"database": "sqlite:///file.db"}, environ)

    assert ("postgresql://h/d", {("database",): expected}) == (laid["database"], sources)


def test_only_the_environment_that_is_given_is_read(workspace: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test or a caller does not hand in is not there."""
    monkeypatch.setenv("CONVENER_SENDER_NAME", "Outside")

    assert "Convener" == load_settings(workspace(""), {}).sender_name


@pytest.mark.parametrize(
    "name", ["CONVENER_SENDER", "CONVENER_CONNECTORS", "CONVENER_CONNECTORS_MAIL", "convener_database"]
)
def test_whole_tables_and_other_spellings_are_not_read(name: str) -> None:
    """Only single keys outside connectors have a variable, in capitals."""
    assert ({}, {}) == overlay({}, {name: "{}"})
