"""The one function behind every answer about a rule."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from convener.decide.rulings import Decision, Ruling, covers, ruling, waiver_of
from convener.rulesets.ruleset import Rule, Waiver

DAY = date(2027, 1, 25)


@pytest.fixture
def waiver(world: Any) -> Waiver:
    """Return a waiver of the holidays for ann, over January."""
    return Waiver(
        id="W-1", rule="holidays", subject={"participant": "ann@acme.example"}, reason="r", approved_by="ops",
        since=date(2027, 1, 1), until=date(2027, 1, 31), place=world.place,
    )  # fmt: skip


@pytest.fixture
def rule(world: Any) -> Rule:
    """Return a flexible rule."""
    made: Rule = world.rule("holidays", inflexible=False)
    return made


@pytest.fixture
def ruled(world: Any, waiver: Waiver) -> Callable[..., Ruling]:
    """Return what rules over ann while the waiver is there."""

    def made(rule: Rule, breached: bool | None, name: str = "ann@acme.example", **more: Any) -> Ruling:
        ruleset = world.ruleset(rules=(rule,), waivers={waiver.id: waiver})
        return ruling(ruleset, rule, breached, {name}, more.pop("day", DAY), **more)

    return made


def test_a_rule_that_holds_is_never_waived(ruled: Callable[..., Ruling], rule: Rule) -> None:
    """P17: waivers come after the rule."""
    assert (Decision.NOT_MATCHED, None) == (ruled(rule, False).decision, ruled(rule, False).waiver)


def test_a_flexible_breach_is_flagged_or_waived(ruled: Callable[..., Ruling], rule: Rule) -> None:
    """R27: for whom it is waived, in any letter case, from the first day to the last."""
    assert "waived(W-1)" == str(ruled(rule, True, "ANN@acme.example"))
    assert "waived(W-1)" == str(ruled(rule, True, day=date(2027, 1, 31)))
    assert "fire" == str(ruled(rule, True, "ben@acme.example"))
    assert "fire" == str(ruled(rule, True, day=date(2027, 2, 1)))


def test_an_inflexible_breach_is_blocked_whatever_is_waived(ruled: Callable[..., Ruling], rule: Rule) -> None:
    """R27: no waiver lifts it."""
    blocked = ruled(replace(rule, inflexible=True), True)

    assert ("blocked(holidays)", True, True) == (str(blocked), blocked.forbids, blocked.flags)


def test_unknown_fails_closed_where_it_must(ruled: Callable[..., Ruling], rule: Rule) -> None:
    """R27: inflexible and unknown is blocked, flexible and unknown is undecided, with what is missing."""
    assert "blocked(holidays)" == str(ruled(replace(rule, inflexible=True), None, missing=["manager.known"]))
    assert "undecided(manager.known)" == str(ruled(rule, None, missing=["manager.known"]))


def test_a_rule_under_audit_only_says_what_it_would_do(ruled: Callable[..., Ruling], rule: Rule) -> None:
    """R27: it forbids nothing, and no waiver hides what it would do."""
    audited = ruled(replace(rule, audited=True), True)

    assert ("fire(audit)", False, True) == (str(audited), audited.forbids, audited.flags)


def test_of_two_waivers_the_longer_one_is_named(world: Any, rule: Rule, waiver: Waiver) -> None:
    """The answer does not hang on the order in the file."""
    longer = replace(waiver, id="W-2", until=date(2027, 3, 1))
    ruleset = world.ruleset(rules=(rule,), waivers={"W-2": longer, "W-1": waiver})

    assert longer == waiver_of(ruleset, rule, {"ann@acme.example"}, DAY)
    assert waiver_of(ruleset, replace(rule, inflexible=True), {"ann@acme.example"}, DAY) is None


def test_a_waiver_is_of_one_rule(world: Any, rule: Rule, waiver: Waiver) -> None:
    """Another rule's waiver covers nobody, whenever it is in force."""
    assert [True, False] == [
        covers(waiver, each, {"ann@acme.example"}) for each in (rule, world.rule("quorum", members=1))
    ]
