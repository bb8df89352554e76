"""Gentler forms of rules."""

from typing import Any

import pytest

from convener.model import Coach
from convener.planning.pods.conflicts.gentler import ladders
from convener.planning.relaxations import with_terms

PEOPLE: dict[str, dict[str, str]] = {name: {} for name in ("ana", "ben", "cy")}
COACHES = [Coach(id="ann@x", years=2), Coach(id="bo@x", years=7)]


@pytest.mark.parametrize(
    ("kind", "terms", "firsts"),
    [
        ("pod-size", {"min": 2, "target": 2, "max": 2}, ["have min = 1", "have max = 3"]),
        ("same", {"by": ("team", "site")}, ["take team out", "take site out"]),
        ("mix", {"by": ("team",)}, []),
        ("coach-load", {"max_pods": 2}, ["have max_pods = 3"]),
        ("coach-load", {"max_sessions_per_day": 2}, []),
        ("coach-accredited", {"accredited": ("a", "b"), "min_years": 5}, ["min_years = 2", "take a out", "take b out"]),
        ("timezone-overlap", {"min": "8 hours"}, ['have min = "7 hours"']),
    ],
)
def test_each_ladder_starts_with_the_smallest_step(
    crowd: Any, rule: Any, kind: str, terms: Any, firsts: list[str]
) -> None:
    """R7: by one, by one column, by one accreditation, to the next shared time; last of all flexible."""
    strict = rule("strict", kind, **terms)
    question = crowd([strict], PEOPLE, coaches=COACHES, zones={"ben": "Europe/Paris"}).question
    *found, flexible = ladders(question, strict, question.people)

    assert len(firsts) == len(found)
    assert all(first in ladder[0].words for first, ladder in zip(firsts, found, strict=True))
    assert ["make rule strict flexible"] == [rung.words for rung in flexible]


def test_every_rung_is_a_valid_rule(crowd: Any, rule: Any) -> None:
    """R7: the terms of a way out are terms that the rule's kind takes."""
    strict = rule("strict", "pod-size", min=3, target=4, max=5)
    question = crowd([strict], PEOPLE).question
    rungs = [rung for ladder in ladders(question, strict, ()) for rung in ladder]

    assert all(with_terms(strict, rung.terms) != strict for rung in rungs)


def test_only_pairs_of_the_people_concerned_are_left_out(crowd: Any, rule: Any, pairs: Any) -> None:
    """R7: one ladder for each such pair; the last pair of a rule is not taken out of it."""
    two = rule("rivals", "apart", pairs=pairs("ana-ben", "ben-cy"))
    one = rule("rival", "apart", pairs=pairs("ana-ben"))
    question = crowd([two, one], PEOPLE).question

    assert ["take Ana and Ben out of rule rivals"] == [
        ladder[0].words for ladder in ladders(question, two, ("ana", "ben"))[:-1]
    ]
    assert 1 == len(ladders(question, one, ("ana", "ben")))
