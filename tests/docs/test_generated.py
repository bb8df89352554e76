"""The reference is what the code says."""

import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from convener.cli.catalogue import COMMANDS
from convener.expressions import CATALOGUE, FUNCTIONS, OPERATORS
from convener.model import EVENT_NAMES
from convener.registry import discover
from convener.registry.loading import load_connector
from convener.registry.options import settings_table
from convener.rulesets.kinds import KINDS

pytestmark = pytest.mark.checkout


def test_the_reference_is_up_to_date(root: Path) -> None:
    """`make docs` has nothing to write."""
    done = subprocess.run(
        [sys.executable, root / "docs" / "generate.py", "--check"], capture_output=True, text=True, check=False
    )

    assert (0, "") == (done.returncode, done.stderr)


def test_every_command_is_in_the_reference(root: Path) -> None:
    """Each command and each command below it has a heading of its own."""
    page = (root / "docs" / "reference" / "cli.md").read_text(encoding="utf-8")
    groups = {
        name: getattr(
            typer.main.get_command(importlib.import_module(f"convener.cli.{each.module}").app), "commands", {}
        )
        for name, each in COMMANDS.items()
    }
    expected = ["convener", *(f"convener {name}" for name in groups)]
    expected += [f"convener {name} {inner}" for name, inners in groups.items() for inner in inners]

    assert sorted(expected) == sorted(re.findall(r"^##+ (convener.*)$", page, re.MULTILINE))


def test_every_kind_fact_and_event_is_in_the_reference(root: Path) -> None:
    """Each kind of rule, each fact and each event stands on its page."""
    reference = root / "docs" / "reference"
    texts = {name: (reference / f"{name}.md").read_text(encoding="utf-8") for name in ("rule-kinds", "facts", "events")}

    assert [] == [kind for kind in KINDS if f"\n## {kind}\n" not in texts["rule-kinds"]]
    assert [] == [fact for fact in CATALOGUE if f"| `{fact}` |" not in texts["facts"]]
    assert [] == [event for event in sorted(EVENT_NAMES) if f"| `{event}` |" not in texts["events"]]


def test_every_operator_and_function_is_in_the_reference(root: Path) -> None:
    """Each operator has a row, and each way to call a function is shown."""
    page = (root / "docs" / "reference" / "clauses.md").read_text(encoding="utf-8").replace("\\|", "|")
    signs = [sign for operator in OPERATORS for sign in operator.signs]
    calls = [each.shown(name) for name, function in FUNCTIONS.items() for each in function.signatures]

    assert [] == [text for text in (*signs, *calls) if f"`{text}`" not in page]


def test_every_plugin_page_shows_its_options(root: Path) -> None:
    """The table in a plugin's README is the one its settings give."""
    known = discover()
    ours = [name for name, plugin in known.items() if plugin.distribution == "convener"]
    pages = {name: (root / "plugins" / f"convener_{name}" / "README.md").read_text(encoding="utf-8") for name in ours}

    assert [] == [name for name in ours if settings_table(load_connector(name, known).settings) not in pages[name]]
