"""What proposals of pods and dates have in common on the terminal."""

import pytest

from convener.cli.face import Face
from convener.cli.plans import instead_shape, print_quality, print_rules, rise, verdict
from convener.model import Instead, Person, PodProposal, RuleOutcome

HELD = RuleOutcome(id="held", flexibility="inflexible", satisfied=True, cost=0, explanation="holds in every pod")
COSTLY = RuleOutcome(id="costly", flexibility="flexible", satisfied=False, cost=1200, explanation="short")
BROKEN = RuleOutcome(id="broken", flexibility="inflexible", satisfied=False, cost=0, explanation="short")


def test_verdicts_are_a_word() -> None:
    """What holds, what costs, what must not be."""
    assert ["holds", "costs", "BROKEN"] == [verdict(rule) for rule in (HELD, COSTLY, BROKEN)]


def test_rules_that_do_not_hold_come_first(face: Face, capsys: pytest.CaptureFixture[str]) -> None:
    """Then those that do."""
    print_rules(face, (HELD, BROKEN, COSTLY))
    out = capsys.readouterr().out

    assert sorted((out.index("costly"), out.index("broken"), out.index("held"))) == [
        out.index("costly"), out.index("broken"), out.index("held"),
    ]  # fmt: skip


@pytest.mark.parametrize(("cost", "text"), [(None, "forbidden"), (0, "0"), (3, "+3"), (-1200, "-1,200")])
def test_a_rise_has_a_sign(cost: int | None, text: str) -> None:
    """More is worse."""
    assert text == rise(cost)


def test_quality_names_steps_and_seed(face: Face, capsys: pytest.CaptureFixture[str]) -> None:
    """Those repeat it anywhere (R8)."""
    print_quality(face, PodProposal(programme="p", seed=3, score=5, bound=5, pods=(), rules=(), steps=7))

    assert "cost 5, less is better; no better one exists; 7 steps, seed 3\n" == capsys.readouterr().err


def test_a_partner_is_named_by_address() -> None:
    """As everywhere in JSON."""
    people = {"1": Person(id="1", name="Ana", email="ana@acme.example")}
    other = Instead(what="first/pod-01", partner="1", cost=2, rules=("mixed: 2 more",))

    assert {"what": "first/pod-01", "with": "ana@acme.example", "cost": 2, "rules": ["mixed: 2 more"]} == instead_shape(
        other, people
    )
