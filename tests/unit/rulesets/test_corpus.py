"""Every way we know to get a rule file wrong, and all that is said of it: of each file, the golden text beside it."""

import runpy
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from convener.errors import Severity
from convener.operations.rules import RuleBook
from convener.rulesets import client_ids, load_client
from convener.settings import load_settings

CORPUS = Path(__file__).with_name("corpus")
GOLDEN = {path.stem: path for path in sorted((CORPUS / "golden").glob("*.txt"))}
Told = Callable[[Path, str], str]


@pytest.fixture(scope="module")
def write() -> Mapping[str, Any]:
    """Give the script that makes the corpus and its goldens."""
    return runpy.run_path(str(CORPUS / "write.py"))


@pytest.fixture(scope="module")
def workspace(write: Mapping[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the corpus as a workspace, the hostile files among the others."""
    folder: Path = write["build"](tmp_path_factory.mktemp("corpus") / "w")
    return folder


@pytest.fixture(scope="module")
def rules(workspace: Path) -> RuleBook:
    """Give what `check` and the daemon read the workspace with."""
    return RuleBook.of(workspace, load_settings(workspace, {}))


def test_every_client_of_the_corpus_has_its_golden_text(workspace: Path) -> None:
    """At least seventy-five broken files, each with what is said of it."""
    assert sorted(GOLDEN) == sorted(client_ids(workspace))
    assert len(GOLDEN) >= 75


@pytest.mark.parametrize("client", GOLDEN)
def test_a_broken_client_has_exactly_its_problems(write: Mapping[str, Any], workspace: Path, client: str) -> None:
    """R29: code, place, message and cure of every problem, all at once and sorted by place."""
    expected = GOLDEN[client].read_text(encoding="utf-8")

    problems = write["problems_of"](workspace, client)

    assert expected == write["told"](problems)
    assert any(problem.severity is Severity.ERROR for problem in problems)


@pytest.mark.parametrize("client", GOLDEN)
def test_check_says_the_same(write: Mapping[str, Any], rules: RuleBook, client: str) -> None:
    """P15: what `check` prints of a client, and what keeps the daemon from it, is its golden text."""
    checked = rules.load(client)

    assert GOLDEN[client].read_text(encoding="utf-8") == write["told"](list(checked.problems))
    assert not checked.is_valid


@pytest.mark.parametrize("client", GOLDEN)
def test_only_what_one_automation_holds_is_put_aside(workspace: Path, client: str) -> None:
    """P14: a broken client loads when, and only when, every error is an automation's own."""
    loaded = load_client(workspace, client)
    errors = [problem for problem in loaded.problems if problem.severity is Severity.ERROR]

    assert bool(loaded.rulesets) == all(problem.owner for problem in errors)
    assert {problem for found in loaded.isolated.values() for problem in found} <= set(errors)
