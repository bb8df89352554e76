"""Secrets from elsewhere."""

from collections.abc import Callable
from pathlib import Path

import pytest

from convener.errors import InvalidError, Problem
from convener.settings import load_settings

Build = Callable[[str], Path]
MAIL = '[connectors.mail]\nplugin = "smtp"\n'


def refused(folder: Path) -> Problem:
    """Return the one problem of a configuration."""
    with pytest.raises(InvalidError) as caught:
        load_settings(folder, {})
    (problem,) = caught.value.problems
    return problem


def test_a_secret_comes_from_the_environment(workspace: Build) -> None:
    """Anywhere in a table, and in the address of the database."""
    folder = workspace(
        f'database = {{ env = "DB" }}\n{MAIL}password = {{ env = "PW" }}\nlist = [{{ deep = {{ env = "PW" }} }}]\n'
    )

    settings = load_settings(folder, {"DB": "postgresql://u:p@h/d", "PW": "hush"})

    assert {"password": "hush", "list": [{"deep": "hush"}]} == settings.connectors["mail"].options
    assert "postgresql://u:p@h/d" == settings.database


def test_a_secret_comes_from_a_file(workspace: Build) -> None:
    """The path is relative to the workspace, and the last line break is not part of the secret."""
    folder = workspace(f'{MAIL}password = {{ file = "secrets/pw" }}\n')
    (folder / "secrets").mkdir()
    (folder / "secrets" / "pw").write_text("hush\n", encoding="utf-8")

    assert {"password": "hush"} == load_settings(folder, {}).connectors["mail"].options


@pytest.mark.parametrize(
    "reference", ['{ env = "GONE" }', '{ file = "gone" }', '{ file = "." }', '{ file = "\\u0000" }']
)
def test_a_secret_that_is_not_there_is_told_at_its_place(workspace: Build, reference: str) -> None:
    """The place is the reference, and the cure says how to give it."""
    problem = refused(workspace(f"{MAIL}password = {reference}\n"))

    assert ("missing-secret", "config.toml:3:12") == (problem.code, str(problem.place))
    assert problem.hint


@pytest.mark.parametrize("key", ["password", "api_key", "bot_token", "client_secret"])
def test_a_secret_written_out_is_refused(workspace: Build, key: str) -> None:
    """A secret in the file would end in a repository; the message does not repeat it."""
    problem = refused(workspace(f'{MAIL}{key} = "hush"\n'))

    assert "plain-secret" == problem.code
    assert "hush" not in str(problem)


def test_secrets_are_not_shown(workspace: Build) -> None:
    """Printing settings tells no secret."""
    folder = workspace(f'database = {{ env = "DB" }}\n{MAIL}password = {{ env = "PW" }}\n')

    assert "hush" not in repr(load_settings(folder, {"DB": "postgresql://u:hush@h/d", "PW": "hush"}))


def test_a_bad_database_address_is_not_repeated(workspace: Build) -> None:
    """It may hold a password."""
    problem = refused(workspace('database = "mysql://u:hush@h/d"\n'))

    assert "bad-database" == problem.code
    assert "hush" not in str(problem)
