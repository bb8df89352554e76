"""Proposed pods as a page."""

import re
from dataclasses import replace
from typing import Any

from convener.bundled import bundled
from convener.model import PodProposal, Register, Trade
from convener.rendering import Renderer
from convener.reporting.proposals import pods_page
from convener.reporting.proposals.pods import MANY
from convener.rulesets.ruleset import Ruleset


def drawn(context: dict[str, object]) -> str:
    """Return the page of *context*."""
    return Renderer([bundled("templates")]).page("pods", context, zone="Europe/London", locale="en-GB")


def test_a_card_says_who_is_there_what_it_costs_and_what_it_breaks(
    ruleset: Ruleset, register: Register, pods: PodProposal, costs: dict[str, dict[str, int]]
) -> None:
    """Flexible rules are costs, inflexible ones breaches; a frozen pod and one without coach say so (R7, R8)."""
    context: Any = pods_page(ruleset, register, pods, costs)
    north, south = context["cards"]

    assert ("Cora Vale", 6, (("mixed", 3), ("peers", 3)), ("one-site",)) == (
        north.coach, north.cost, north.costs, north.broken,
    )  # fmt: skip
    assert ("", 3, True, ()) == (south.coach, south.cost, south.frozen, south.broken)


def test_what_a_rule_minds_stands_out(
    ruleset: Ruleset, register: Register, pods: PodProposal, costs: dict[str, dict[str, int]]
) -> None:
    """A shared value that should be mixed, and one unlike the others that should be the same, have a ring."""
    context: Any = pods_page(ruleset, register, pods, costs)
    marked = {
        (member.email[:2], chip.column)
        for card in context["cards"]
        for member in card.members
        for chip in member.chips
        if chip.stands_out
    }

    assert {("a3", "site"), ("a1", "department"), ("a2", "department")} == marked


def test_the_page_is_whole_and_obeys_nobody(
    ruleset: Ruleset, register: Register, pods: PodProposal, costs: dict[str, dict[str, int]]
) -> None:
    """No script, nothing fetched, names escaped, the client's own words, and marks with a text each."""
    page = drawn(pods_page(ruleset, register, pods, costs))

    assert [] == re.findall(r'<script|src=|url\(|href="(?!#)', page)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<h1>Leading &lt;well&gt;: sets</h1>" in page
    assert 18 == len(re.findall(r'<td class="c"><span class="chip [^"]+" title="[^"]+">[^<]+</span>', page))
    assert "✗ breaks one-site" in page


def test_many_pods_make_small_cards_and_say_where_to_look(
    ruleset: Ruleset, register: Register, pods: PodProposal, costs: dict[str, dict[str, int]]
) -> None:
    """From some number on reasons are left out, and the costliest and broken pods are listed first (R26)."""
    crowd = tuple(replace(pods.pods[at % 2], id=f"lead/{at}", name=f"pod-{at}") for at in range(MANY))
    context: Any = pods_page(
        ruleset, register, replace(pods, pods=crowd), {"lead/3": {"peers": 9}, "lead/4": {"one-site": 0}}
    )

    assert (True, ["Set 4", "Set 3"]) == (context["compact"], [card.title for card, _ in context["first"]])
    assert "a1 fits" not in drawn(context)


def test_trades_are_listed(
    ruleset: Ruleset, register: Register, pods: PodProposal, costs: dict[str, dict[str, int]]
) -> None:
    """After a re-forming the page says what fewer and more moves would buy."""
    trades = (Trade(moves=0, score=12, breaches=("one-site",)), Trade(moves=2, score=9))
    page = drawn(pods_page(ruleset, register, replace(pods, trades=trades), costs))

    assert "What fewer and more moves would buy" in page


def test_without_rules_that_compare_there_are_no_marks(ruleset: Ruleset, register: Register, pods: PodProposal) -> None:
    """The page of a programme without such rules has neither legend nor chips."""
    page = drawn(pods_page(replace(ruleset, rules={}), register, replace(pods, rules=()), {}))

    assert "What the marks say" not in page
    assert '<td class="c">' not in page
