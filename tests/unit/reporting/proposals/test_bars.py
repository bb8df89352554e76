"""What each rule did, as bars."""

from convener.model import PodProposal, RuleOutcome
from convener.reporting.proposals.bars import PLACES, quality, rule_bars


def test_what_is_broken_comes_first_then_what_costs_most(pods: PodProposal) -> None:
    """Each bar is as long as its share of the costliest rule (R7)."""
    bars = rule_bars(pods.rules)

    assert ["one-site", "peers", "mixed", "pod-size"] == [bar.id for bar in bars]
    assert ["broken", "costs", "costs", "holds"] == [bar.verdict for bar in bars]
    assert [0.0, 100.0, 50.0, 0.0] == [bar.length for bar in bars]
    assert "north" == bars[2].where


def test_only_the_first_few_places_are_named() -> None:
    """A rule that fails in many pods says how many more."""
    where = tuple(f"lead/pod-{n}" for n in range(PLACES + 3))
    (bar,) = rule_bars(
        [RuleOutcome(id="m", flexibility="flexible", satisfied=False, cost=1, explanation="", where=where)]
    )

    assert bar.where.endswith("pod-5 and 3 more")


def test_quality_is_told_in_words() -> None:
    """Proved best, or how much better any could be."""
    assert "no better one exists" == quality(0, 0)
    assert "none can be below 1,500: at most 25.0 % better" == quality(2000, 1500)


def test_places_that_the_words_name_are_not_named_again() -> None:
    """The text says it once."""
    rule = RuleOutcome(
        id="m", flexibility="flexible", satisfied=False, cost=1, explanation="once, in a", where=("p/a",)
    )

    assert [""] == [bar.where for bar in rule_bars([rule])]
