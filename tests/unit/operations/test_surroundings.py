"""What rule files may speak of besides each other."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from convener.bundled import bundled
from convener.errors import Place, Problem, Severity
from convener.operations.surroundings import Surroundings
from convener.registry import Extended
from convener.rulesets import load_client
from convener.rulesets.ruleset import Ruleset
from convener.settings import load_settings

Look = Callable[[str], Surroundings]
CONFIG = """
[connectors.mail]
plugin = "outbox"
folder = "var/outbox"

[connectors.data]
plugin = "files"

[connectors.lost]
plugin = "nowhere"
"""


@pytest.fixture
def look(tmp_path: Path) -> Look:
    """Look at a workspace with that configuration."""

    def at(config: str) -> Surroundings:
        (tmp_path / "config.toml").write_text(config, encoding="utf-8")
        return Surroundings.of(tmp_path, load_settings(tmp_path, {}))

    return at


@pytest.fixture(scope="module")
def ruleset() -> Ruleset:
    """Return the rules of the example, to give them another stack."""
    (found,) = load_client(Path(str(bundled("rulesets"))).parent, "northern-health").rulesets
    return found


def told(around: Surroundings, ruleset: Ruleset, **stack: tuple[str, ...]) -> list[Problem]:
    """Return what is wrong with a stack."""
    return list(around.stack_problems(replace(ruleset, stack=stack)))


def test_connectors_that_fit_are_no_problem(look: Look, ruleset: Ruleset) -> None:
    """One connector may do several kinds of work, and several may do one."""
    around = look(CONFIG)

    assert [] == told(around, ruleset, roster=("data",), polls=("data",), email=("mail",), text=("mail",))


def test_an_unknown_connector_has_its_nearest_name(look: Look, ruleset: Ruleset) -> None:
    """With the place in the stack, and how to add it (R29)."""
    (problem,) = told(look(CONFIG), ruleset, email=("mali",))

    assert ("unknown-connector", "did you mean 'mail'?, or add a table [connectors.mali]") == (
        problem.code,
        problem.hint,
    )
    assert "rulesets/northern-health.toml" == problem.place.file


def test_a_connector_that_does_other_work_is_told_with_those_that_fit(look: Look, ruleset: Ruleset) -> None:
    """A source of rosters sends no mail (R29)."""
    (problem,) = told(look(CONFIG), ruleset, email=("data",))

    assert ("unfit-connector", "allowed: mail") == (problem.code, problem.hint)


def test_a_broken_connector_warns_its_clients_and_is_an_error_of_the_configuration(
    look: Look, ruleset: Ruleset
) -> None:
    """Its clients are decided all the same, so that nothing is lost while it is mended (P14)."""
    around = look(CONFIG)
    (problem,) = told(around, ruleset, email=("lost",))

    assert ("broken-connector", Severity.WARNING) == (problem.code, problem.severity)
    assert "no plugin 'nowhere'" in problem.message
    assert [("broken-connector", Severity.ERROR, Place("config.toml", 9, 13))] == [
        (each.code, each.severity, each.place) for each in around.problems
    ]


def test_without_a_configuration_nothing_is_said_of_connectors(tmp_path: Path, ruleset: Ruleset) -> None:
    """Its own problems are told already."""
    around = Surroundings.of(tmp_path, None)

    assert ([], ()) == (told(around, ruleset, email=("nobody",)), around.problems)


def test_a_broken_plugin_has_its_place_in_the_configuration(look: Look) -> None:
    """Line and column of the name, not of the whole list (R29)."""
    (problem,) = look('plugins = [\n  "nowhere",\n]\n').problems

    assert ("broken-plugin", Place("config.toml", 2, 3)) == (problem.code, problem.place)
    assert "no plugin 'nowhere'; installed: " in problem.message


def test_rules_that_a_broken_plugin_may_have_known_say_so(look: Look) -> None:
    """An unknown kind is perhaps no slip (P14)."""
    around = look('plugins = ["nowhere"]\n')
    unknown = Problem(code="unknown-kind", message="unknown kind of rule 'room'", place=Place("a"), hint="allowed: x")
    other = replace(unknown, code="unknown-key")

    assert "allowed: x; plugin 'nowhere' is broken" == around.blame(unknown).hint
    assert other is around.blame(other)
    assert unknown is replace(around, extended=Extended()).blame(unknown)


def test_the_signature_names_what_rules_mean(look: Look) -> None:
    """Another version or another plugin is another meaning."""
    around = look("")

    assert around.signature == look(CONFIG).signature
    assert around.signature.split()


def test_templates_can_be_looked_at_anew(look: Look) -> None:
    """What was rehearsed is forgotten with them."""
    around = look("")

    assert around.rehearsals is not around.with_templates_of(Path()).rehearsals


def test_another_version_of_a_plugin_is_another_signature(look: Look) -> None:
    """What was decided by the old one is asked anew."""
    around = look(CONFIG)
    old, new = (replace(around, extended=Extended(versions={"rooms": version})) for version in ("1.0", "1.1"))

    assert 2 == len({old.signature, new.signature})
