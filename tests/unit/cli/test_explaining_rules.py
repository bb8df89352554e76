"""How a rule, its impact and a setting are told."""

from dataclasses import replace
from datetime import date

import pytest

from convener.cli.explaining_rules import (
    impact_shape,
    print_impact,
    print_origin,
    print_rule,
    rule_sentence,
    rule_shape,
    toml,
)
from convener.cli.face import Face
from convener.decide.explanation import Impact, KeyShown, RuleExplanation, Stretch, SubjectShown
from convener.decide.rulings import Decision
from convener.errors import Place
from convener.operations.explain import ImpactAnswer, RuleAnswer
from convener.operations.origins import Origin

PLACE, BELOW = Place("acme.toml", 7, 3), Place("pack.toml", 2, 1)
KEPT = SubjectShown(subject="lead/north", decision=Decision.NOT_MATCHED, detail="", text="three members")
WAIVED = SubjectShown(
    subject="lead/south", decision=Decision.WAIVED, detail="W-1", text="two members", waiver="W-1", waiver_place=PLACE
)
RULE = RuleExplanation(
    rule="size",
    kind="pod-size",
    flexibility="flexible",
    why="Small ones.",
    place=PLACE,
    keys=(
        KeyShown(name="min", value=3, place=PLACE, below=((5, BELOW),)),
        KeyShown(name="weight", value=1, place=None),
    ),
    pods=("North",),
    subjects=(WAIVED,),
)
ANSWER = RuleAnswer(scope="acme/lead", people={}, explanation=RULE)
IMPACT = ImpactAnswer(
    scope="acme/lead",
    people={},
    impact=Impact(
        rule="size",
        since=date(2027, 1, 1),
        until=date(2027, 1, 31),
        stretches=(
            Stretch(subject="lead/north", since=date(2027, 1, 4), until=date(2027, 1, 5), text="two", refused=("x",)),
        ),
    ),
)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (RULE, "size is a flexible rule of kind pod-size, and waived(W-1): two members"),
        (
            replace(RULE, flexibility="inflexible", subjects=(KEPT,)),
            "size is an inflexible rule of kind pod-size, and is kept: three members",
        ),
        (
            replace(RULE, flexibility="audit", subjects=(KEPT, WAIVED)),
            "size is a rule under audit of kind pod-size, and 2 subjects do not keep it",
        ),
        (replace(RULE, subjects=()), "size is a flexible rule of kind pod-size, and nobody and nothing breaks it now"),
        (
            replace(RULE, measurable=False),
            "size is a flexible rule of kind pod-size; no person, pod or session keeps or breaks it by itself",
        ),
    ],
)
def test_the_sentence_about_a_rule(rule: RuleExplanation, expected: str) -> None:
    """R27: what it is, and what it comes to."""
    assert expected == rule_sentence(rule)


def test_a_rule_is_told_with_its_layers_and_waivers(face: Face, capsys: pytest.CaptureFixture[str]) -> None:
    """R27: both places of an exception, and what stands below each key."""
    print_rule(face, ANSWER)
    said = capsys.readouterr()

    assert "5 at pack.toml:2:1" in said.out
    assert "the usual value" in said.out
    assert "W-1 (acme.toml:7:3)" in said.out
    assert "note: pod North has this rule otherwise, or switched off\n" == said.err


def test_an_impact_is_a_count_and_a_table(face: Face, capsys: pytest.CaptureFixture[str]) -> None:
    """R27: how often it would have been in the way."""
    print_impact(face, IMPACT)
    out = capsys.readouterr().out

    assert "rule size would have blocked over 1 subject, and refused 1 change." in out.replace("\n", " ")
    assert "lead/north" in out


def test_a_setting_is_told_with_what_it_overrides(face: Face, capsys: pytest.CaptureFixture[str]) -> None:
    """P16: written, usual, or taken from another."""
    print_origin(face, Origin(name="rules.size.min", value=3, place=PLACE, below=((5, BELOW),)))
    print_origin(face, Origin(name="redirect_all", value="", place=None))
    print_origin(face, Origin(name="programme.timezone", value="UTC", place=PLACE, stands_in="client.timezone"))
    out = capsys.readouterr().out

    assert "rules.size.min is 3, written at acme.toml:7:3." in out
    assert 'redirect_all is "", the usual value; nobody wrote it.' in out
    assert 'programme.timezone is "UTC", as client.timezone says, written at acme.toml:7:3.' in out


def test_each_has_a_shape(face: Face, capsys: pytest.CaptureFixture[str]) -> None:
    """Files and lines for machines, too."""
    face.json = True
    print_rule(face, ANSWER)
    print_impact(face, IMPACT)
    print_origin(face, Origin(name="a", value=3, place=None))

    assert 3 == capsys.readouterr().out.count("\n}\n")
    assert [{"value": 5, "file": "pack.toml", "line": 2}] == rule_shape(ANSWER)["keys"][0]["below"]  # type: ignore[index]  # shapes are loose
    assert (1, 1) == (impact_shape(IMPACT)["subjects"], impact_shape(IMPACT)["refused"])


def test_values_look_as_in_a_rule_file() -> None:
    """What can be copied is worth more."""
    values = (True, "a", [1, "b"], {"min": 3, "none": None}, None, 0.7)

    assert ["true", '"a"', '[1, "b"]', "{ min = 3 }", "-", "0.7"] == [toml(value) for value in values]
