"""Waivers of flexible rules."""

from collections.abc import Callable
from pathlib import Path

from convener.rulesets import load_client

Write = Callable[..., Path]
WAIVER = (
    '[waivers.W-1]\nrule = "size"\nsubject = { pod = "pilot/north" }\nreason = "A late start"\n'
    'approved_by = "ops lead"\nfrom = 2027-03-01\nuntil = 2027-06-30\n'
)


def test_a_waiver_is_kept_where_its_rule_is_flexible(write: Write) -> None:
    """Of two programmes only the one that still has the rule flexible has the waiver."""
    other = (
        '[programmes.other]\ntitle = "Other"\nstarts = 2027-02-01\nsessions = { count = 2, length = "1 day" }\n'
        'roster = { path = "other.csv" }\n[programmes.other.rules.size]\nflexibility = "inflexible"\n'
        'reason = "Fixed."\n'
    )

    loaded = load_client(write(WAIVER + other), "harbour")

    assert () == loaded.problems
    assert {"pilot": ["W-1"], "other": []} == {each.programme: list(each.waivers) for each in loaded.rulesets}


def test_a_waiver_ends_after_it_begins(write: Write) -> None:
    """Dates the wrong way round are refused."""
    problems = load_client(write(WAIVER.replace("until = 2027", "until = 2026")), "harbour").problems

    assert ["bad-value"] == [problem.code for problem in problems]


def test_a_waiver_is_for_one_subject(write: Write) -> None:
    """Nobody is waived by accident."""
    two = WAIVER.replace("pod =", 'session = "pilot/north/1", pod =')

    assert ["bad-value"] == [problem.code for problem in load_client(write(two), "harbour").problems]
