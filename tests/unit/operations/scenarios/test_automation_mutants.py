"""Mutants of automations."""

from convener.operations.scenarios.automation_mutants import automation_mutants
from convener.operations.scenarios.mutants import Workshop


def names(bench, name: str) -> set[str]:
    """Return the names of the mutants of what the file *name* says."""
    suite = bench.suite(bench.reminded, name=name)
    return {mutant.name for mutant in automation_mutants(Workshop(suite.prepared, suite.rules))}


def test_everything_that_is_written_changes(bench) -> None:
    """The moment, the audience, each clause, lateness, each way, and the whole of it (N2)."""
    assert {
        "remind: switched off",
        "remind: on 1 working day before session.starts, at 09:00",
        "remind: for_each manager",
        "remind: without participant.active",
        "remind: session.number > 2",
        "remind: without late",
        "remind: send reminder not via text",
        "toolkit: on 3 hours after session.held",
    } <= names(bench, "house")


def test_only_what_the_file_says_itself_changes(bench) -> None:
    """What a client takes over from a pack is tested beside the pack."""
    assert {"welcome: switched off", "welcome: for_each manager", "welcome: for_each coach"} == names(bench, "acme")


def test_a_step_of_several_is_left_out(bench) -> None:
    """The others stay."""
    pack = (bench.folder / "rulesets" / "house.toml").read_text(encoding="utf-8")
    two = '[{ send = "reminder", via = ["email", "text"] }, { flag = "soon" }]'
    bench.write("house.toml", pack.replace('{ send = "reminder", via = ["email", "text"] }', two))

    assert {"remind: without flag soon", "remind: without send reminder"} <= names(bench, "house")
