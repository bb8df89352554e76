"""What the pages show is true: every example is loaded, run or compared with its source."""

import os
import re
import runpy
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from convener.documents import Spot, read_document, validate
from convener.errors import Problem, UsageError
from convener.operations.scenarios.tables import ScenarioFile
from convener.registry import activate, discover
from convener.rulesets import load_client
from convener.settings import load_settings

pytestmark = pytest.mark.checkout

CLIENT: Mapping[str, str] = {
    "schema": "schema = 1\n",
    "extends": 'extends = ["small-group-coaching@1"]\n',
    "client": '[client]\nname = "Client"\ntimezone = "Europe/London"\n',
    "stack": (
        '[stack]\nroster = "files"\nemail = "mail"\ntext = "sms"\ncalendar = "mail"\npolls = "web"\nreports = "pages"\n'
    ),
    "programmes": (
        '[programmes.first]\ntitle = "First"\nstarts = 2027-01-11\nroster = { path = "client.csv" }\n'
        'sessions = { count = 6, length = "2 hours" }\n'
    ),
}
"""A whole client file by its tables; an example that says one of them itself stands in for it."""
PACK = '[pack]\nid = "house"\nversion = "1.0.0"\n'
CONFIG = {"database", "engine", "redirect_all", "plugins", "sender", "daemon", "retention", "connectors"}
"""Tables and keys of a configuration; an example with one of them is no rule file."""


def test_toml_examples_load(toml: Any, tmp_path: Path) -> None:
    """Every TOML example is taken by the loader that would read it."""
    tables = tomllib.loads(toml.body)

    if "tests" in tables:
        problems = _tests(toml.body, tmp_path)
    else:
        problems = _config(toml.body, tmp_path) if CONFIG & tables.keys() else _rules(toml.body, tables, tmp_path)

    assert [toml.said("wrong")] * bool(toml.said("wrong")) == [problem.code for problem in problems]


def _tests(text: str, workspace: Path) -> tuple[Problem, ...]:
    """Check the tables of *text*, a test file or the end of one; the page runs it where its rules are."""
    path = workspace / "some.test.toml"
    path.write_text(text if "schema = 1" in text else f"schema = 1\n{text}", encoding="utf-8")
    document = read_document(path)
    return validate(ScenarioFile, document.data, Spot(document))[1]


def _config(text: str, workspace: Path) -> tuple[Problem, ...]:
    """Load *text* as config.toml and its connectors with it; secrets it names are there."""
    (workspace / "config.toml").write_text(text, encoding="utf-8")
    environ = dict.fromkeys(re.findall(r'env = "(\w+)"', text), "sqlite:///var/convener.db")
    for name in re.findall(r'\{ file = "([^"]+)"', text):
        (workspace / name).parent.mkdir(parents=True, exist_ok=True)
        (workspace / name).write_text("secret", encoding="utf-8")
    settings = load_settings(workspace, environ)
    known = {name: each for name, each in settings.connectors.items() if each.plugin in discover()}
    assert {} == activate(known, workspace).broken
    return ()


def _rules(text: str, tables: Mapping[str, Any], workspace: Path) -> tuple[Problem, ...]:
    """Load *text* as the file of a client, or as a pack that a client extends; what it leaves out is filled in."""
    folder = workspace / "rulesets"
    folder.mkdir()
    client = text
    if "pack" in tables:
        (folder / f"{tables['pack']['id']}.toml").write_text(text, encoding="utf-8")
        version = tables["pack"]["version"].partition(".")[0]
        client = f'extends = ["{tables["pack"]["id"]}@{version}"]\n'
    said = tomllib.loads(client)
    before = "".join(CLIENT[key] for key in ("schema", "extends") if key not in said)
    after = "\n".join(CLIENT[key] for key in ("client", "stack", "programmes") if key not in said)
    (folder / "client.toml").write_text(f"{before}{client}\n{after}", encoding="utf-8")
    return load_client(workspace, "client").problems


def test_python_examples_run(python: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every Python example runs to its end in a folder of its own."""
    script = tmp_path / "example.py"
    script.write_text("\n" * python.line + python.body, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    namespace = runpy.run_path(str(script), run_name="__example__")

    assert namespace


def test_included_files_are_as_they_are(included: Any, root: Path) -> None:
    """A file of the repository that a page shows is shown as it is, to the letter."""
    shown = (root / included.said("from")).read_text(encoding="utf-8")

    assert shown == included.body


@pytest.mark.timeout(600)
def test_sessions_run(session_page: Path, play: Callable[[Path], dict[str, tuple[int, int]]]) -> None:
    """The commands on a page, run in order, end with the exit codes it promises: 0 where it says none."""
    codes = play(session_page)

    assert {line: promised for line, (promised, _) in codes.items()} == {line: had for line, (_, had) in codes.items()}


@pytest.mark.timeout(600)
def test_json_is_as_shown(root: Path, shapes: Callable[[Path], Iterator[tuple[str, Any, Any]]]) -> None:
    """What a command prints with --json has the keys that the reference shows, at every depth."""
    differing = [
        place for place, shown, printed in shapes(root / "docs" / "reference" / "json.md") if not alike(shown, printed)
    ]

    assert [] == differing


def alike(shown: Any, printed: Any) -> bool:
    """Tell whether both have the same keys wherever both have something."""
    if isinstance(shown, dict) and isinstance(printed, dict):
        return list(shown) == list(printed) and all(alike(shown[key], printed[key]) for key in shown)
    if isinstance(shown, list) and isinstance(printed, list):
        return not shown or not printed or alike(shown[0], printed[0])
    return shown is None or printed is None or isinstance(printed, type(shown))


def test_what_is_not_a_workspace_is_not_one(tmp_path: Path) -> None:
    """The loader of the configuration is the real one: it refuses a folder without a file."""
    with pytest.raises(UsageError, match="is not a workspace"):
        load_settings(tmp_path, os.environ)
