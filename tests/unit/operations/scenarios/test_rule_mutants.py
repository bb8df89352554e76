"""Mutants of watched rules."""

from convener.operations.scenarios.mutants import Workshop
from convener.operations.scenarios.rule_mutants import rule_mutants

MORE = """
[rules.sized]
kind = "pod-size"
flexibility = "flexible"
min = 3
target = 3
max = 4

[rules.calm]
kind = "quiet-hours"
flexibility = "flexible"
from = "20:00"
to = "07:30"
weekends = true

[rules.managed]
kind = "require"
flexibility = "inflexible"
each = "participant"
when = ["participant.active"]
require = "manager.known"
"""


def test_numbers_move_one_step_each_way(bench) -> None:
    """Shares by ten points, spans and counts by one, times by an hour; what could not be written is left out."""
    pack = (bench.folder / "rulesets" / "house.toml").read_text(encoding="utf-8")
    bench.write("house.toml", pack + MORE)
    suite = bench.suite(bench.reminded)
    mutants = {mutant.name: mutant for mutant in rule_mutants(Workshop(suite.prepared, suite.rules))}

    assert {
        "floor: min 60%", "floor: min 80%", "gap: min 9 days", "gap: max 46 days", "gap: flexibility flexible",
        "sized: min 2", "sized: max 3", "sized: max 5", "calm: from 19:00", "calm: to 08:30", "calm: weekends false",
        "statuses: missed.present true", "managed: when without participant.active", "managed: flexibility flexible",
    } <= set(mutants)  # fmt: skip
    assert "sized: min 4" not in mutants
    refused = [mutant.name for mutant in mutants.values() if mutant.rules() is None]
    assert ["statuses: attended.present false"] == refused  # nobody would ever be there, and a clause asks for it


def test_rules_of_other_files_stay(bench) -> None:
    """A client's tests are of what the client says."""
    suite = bench.suite(bench.reminded, name="acme")

    assert [] == list(rule_mutants(Workshop(suite.prepared, suite.rules)))
