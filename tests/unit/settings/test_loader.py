"""Loading a configuration."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from convener.errors import InvalidError, Place, UsageError
from convener.model import Span
from convener.settings import load_settings

Build = Callable[[str], Path]
REPOSITORY = Path(__file__).parents[3]


@pytest.mark.checkout
def test_the_example_configuration_loads() -> None:
    """What ships as an example is read by the real loader and names every connector the examples use."""
    settings = load_settings(REPOSITORY, {})

    expected = {
        "files": "files",
        "northern-roster": "files",
        "web": "files",
        "mail": "outbox",
        "sms": "outbox",
        "pages": "reports",
        "northern-sheet": "reports",
    }
    assert expected == {name: connector.plugin for name, connector in settings.connectors.items()}
    assert ["html"] == settings.connectors["pages"].options["formats"]
    assert "sqlite:///var/convener.db" == settings.database


@pytest.mark.checkout
def test_the_example_says_the_defaults(workspace: Build) -> None:
    """Leaving everything out of the example changes nothing but the connectors."""
    example, empty = load_settings(REPOSITORY, {}), load_settings(workspace(""), {})

    keys = (
        "database",
        "sender_name",
        "sender_email",
        "redirect_all",
        "tick",
        "sync",
        "deliver",
        "housekeeping",
        "rules",
        "lease",
        "engine",
        "longest_job",
        "listen",
        "ping",
        "ping_every",
        "bodies",
        "comments",
        "plugins",
        "sender",
    )
    assert [getattr(empty, key) for key in keys] == [getattr(example, key) for key in keys]


def test_a_configuration_is_typed(workspace: Build) -> None:
    """Rhythms are lengths of time, and a lease is seconds."""
    settings = load_settings(
        workspace('[daemon]\ntick = "30 minutes"\nlease = "2 minutes"\n[sender]\nname = "Ops"\n'), {}
    )

    assert (Span.parse("30 minutes"), 120.0, "Ops") == (settings.tick, settings.lease, settings.sender_name)
    assert "config.toml" == settings.file


def test_a_connector_keeps_its_options_and_place(workspace: Build) -> None:
    """What only the plugin understands is passed on."""
    folder = workspace('[connectors.mail]\nplugin = "smtp"\nhost = "mx"\nports = [25, 587]\n')

    mail = load_settings(folder, {}).connectors["mail"]

    assert ("mail", "smtp", {"host": "mx", "ports": [25, 587]}) == (mail.name, mail.plugin, mail.options)
    assert Place("config.toml", 1, 13) == mail.place


def test_the_example_serves_until_there_is_a_configuration(tmp_path: Path) -> None:
    """A fresh workspace works as it is; its own file counts once it is there."""
    (tmp_path / "config.example.toml").write_text('[sender]\nname = "Example"\n', encoding="utf-8")
    before = load_settings(tmp_path, {})
    (tmp_path / "config.toml").write_text('[sender]\nname = "Own"\n', encoding="utf-8")

    after = load_settings(tmp_path, {})

    assert ("config.example.toml", "Example") == (before.file, before.sender_name)
    assert ("config.toml", "Own") == (after.file, after.sender_name)


def test_a_folder_without_either_is_no_workspace(tmp_path: Path) -> None:
    """The cure is to make one."""
    with pytest.raises(UsageError, match="is not a workspace") as caught:
        load_settings(tmp_path, {})

    assert "convener init DIR" in caught.value.hint


def test_every_problem_is_told_sorted_by_place(workspace: Build) -> None:
    """A person mends the file once."""
    folder = workspace(
        'databse = "x"\nredirect_all = "me"\n[daemon]\ntick = "soon"\nsync = "2 months"\n'
        '[connectors.mail]\nplugn = "smtp"\n[connectors.sms]\nplugin = 3\nsecret = { env = "GONE" }\n'
    )

    with pytest.raises(InvalidError) as caught:
        load_settings(folder, {})

    expected = [
        ("unknown-key", 1, 1),
        ("bad-address", 2, 16),
        ("bad-value", 4, 8),
        ("bad-value", 5, 8),
        ("missing-key", 6, 13),
        ("wrong-type", 9, 10),
        ("missing-secret", 10, 10),
    ]
    assert expected == [(each.code, each.place.line, each.place.column) for each in caught.value.problems]


@pytest.mark.parametrize(
    "text",
    [
        "connectors = 3",
        "[connectors]\nmail = 3",
        "daemon = []",
        '"connectors"."a/b".plugin = "x"',
        "a = [",
        "a" * 300_000,
    ],
)
def test_a_strange_file_is_a_problem_and_little_work(workspace: Build, text: str, counted: Callable[[], Any]) -> None:
    """Nothing in the file becomes a traceback."""
    folder = workspace(text)

    with counted() as calls, pytest.raises(InvalidError):
        load_settings(folder, {})

    assert calls.count < 100_000


def test_plugins_for_rules_have_their_places(workspace: Build) -> None:
    """Each name with where it stands, so that a broken one can be found (R29)."""
    settings = load_settings(workspace('plugins = [\n  "rooms",\n  "desks",\n]\n'), {})

    assert {"rooms": Place("config.toml", 2, 3), "desks": Place("config.toml", 3, 3)} == settings.plugins


def test_a_name_that_no_plugin_can_have_is_told(workspace: Build) -> None:
    """At the name itself, not at the list."""
    with pytest.raises(InvalidError) as caught:
        load_settings(workspace('plugins = ["rooms", "a b"]\n'), {})

    assert ["config.toml:1:21"] == [str(problem.place) for problem in caught.value.problems]


def test_workers_on_sqlite_are_refused(workspace: Build) -> None:
    """At the engine, with both cures: SQLite lets one process write at a time."""
    folder = workspace('database = "sqlite:///a.db"\nengine = "procrastinate"\n')

    with pytest.raises(InvalidError) as caught:
        load_settings(folder, {})

    (problem,) = caught.value.problems
    assert ("bad-engine", Place("config.toml", 2, 10)) == (problem.code, problem.place)
    assert "postgresql://" in problem.hint
    assert "embedded" in problem.hint


@pytest.mark.parametrize("name", ["CONVENER_ENGINE", "CONVENER_DATABASE_URL"])
def test_workers_are_refused_where_the_engine_was_said(workspace: Build, name: str) -> None:
    """In the environment or in the file, whatever said the database."""
    said = {"CONVENER_ENGINE": "procrastinate", "CONVENER_DATABASE_URL": "sqlite:///a.db"}
    other = {"CONVENER_ENGINE": 'database = "sqlite:///a.db"\n', "CONVENER_DATABASE_URL": 'engine = "procrastinate"\n'}

    with pytest.raises(InvalidError) as caught:
        load_settings(workspace(other[name]), {name: said[name]})

    file = {"CONVENER_ENGINE": "$CONVENER_ENGINE", "CONVENER_DATABASE_URL": "config.toml"}[name]
    assert [file] == [problem.place.file for problem in caught.value.problems]


def test_workers_on_postgresql_are_taken(workspace: Build) -> None:
    """From the environment alone, as a host would say it."""
    said = {"CONVENER_ENGINE": "procrastinate", "CONVENER_DATABASE_URL": "postgresql://h/d"}

    settings = load_settings(workspace(""), said)

    assert ("procrastinate", "postgresql://h/d") == (settings.engine, settings.database)
