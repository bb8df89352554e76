"""What passes `check` is exactly what the daemon loads, shown on every rule file of the corpus (R29, P15)."""

import runpy
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from convener.bundled import bundled
from convener.errors import InvalidError, Severity
from convener.operations.check import check
from convener.operations.rules import Reloaded, RuleBook
from convener.settings import load_settings

CORPUS = Path(__file__).parents[1] / "rulesets" / "corpus"
SOUND = "northern-health"
CLIENTS = (*sorted(path.stem for path in (CORPUS / "golden").glob("*.txt")), SOUND)


@dataclass(frozen=True, slots=True)
class Both:
    """The same files as one command reads them, and as the daemon does."""

    checked: RuleBook
    standing: RuleBook
    reloaded: Reloaded


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Both:
    """Read the corpus, laid into a workspace with every connector of the example, both ways."""
    folder: Path = runpy.run_path(str(CORPUS / "write.py"))["build"](tmp_path_factory.mktemp("corpus") / "w")
    shutil.copy(Path(str(bundled("rulesets"))) / f"{SOUND}.toml", folder / "rulesets")
    (folder / "config.toml").write_bytes(bundled("config.example.toml").read_bytes())
    settings = load_settings(folder, {})
    standing = RuleBook.of(folder, settings)
    return Both(RuleBook.of(folder, settings), standing, standing.reload())


@pytest.mark.parametrize("client", CLIENTS)
def test_the_daemon_finds_what_check_finds(both: Both, client: str) -> None:
    """The problems are the same, one for one and in the same order."""
    checked = both.checked.load(client)
    errors = tuple(each for each in checked.problems if each.severity is Severity.ERROR)
    told = (*both.reloaded.refused.get(client, ()), *_isolated(both, client))

    assert checked.problems == both.standing.load(client).problems
    assert bool(errors) == bool(told)


@pytest.mark.parametrize("client", CLIENTS)
def test_the_daemon_decides_by_what_check_accepts(both: Both, client: str) -> None:
    """A valid client has the same rules in both, one with a bad automation all but that, any other none at all."""
    checked = both.checked.load(client)
    standing = both.standing.load(client)

    assert checked.is_usable == (client not in both.reloaded.refused)
    assert (
        checked.prepared
        == standing.prepared
        == {name: both.standing.prepared(f"{client}/{name}") for name in standing.prepared}
    )
    assert dict(checked.isolated) == dict(both.reloaded.isolated.get(client, {}))
    assert not any(name in each.ruleset.automations for name in checked.isolated for each in standing.prepared.values())


@pytest.mark.parametrize("client", CLIENTS)
def test_no_command_runs_on_what_check_refuses(both: Both, client: str) -> None:
    """One bad automation is enough to stop somebody at a terminal, who can mend it (P15)."""
    checked = both.checked.load(client)
    if not checked.is_valid:
        with pytest.raises(InvalidError) as caught:
            both.checked.prepared(f"{client}/pilot")

        assert checked.problems == caught.value.problems


def test_check_tells_the_problems_of_all(both: Both) -> None:
    """Nothing that one client has is left out of the whole."""
    places = {(each.place, each.code) for client in CLIENTS for each in both.checked.load(client).problems}

    assert places <= {(each.place, each.code) for each in check(both.checked)}


def test_the_corpus_has_every_outcome(both: Both) -> None:
    """Clients that are refused, that go on without an automation, and that are sound."""
    valid = {client for client in CLIENTS if both.checked.load(client).is_valid}

    assert len(CLIENTS) >= 60
    assert both.reloaded.refused
    assert both.reloaded.isolated
    assert SOUND in valid


def _isolated(both: Both, client: str) -> list[object]:
    return [problem for found in both.reloaded.isolated.get(client, {}).values() for problem in found]
