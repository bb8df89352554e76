"""Arithmetic that no division can meet."""

from typing import Any

from convener.planning.pods.feasibility.blocks import blocks
from convener.planning.pods.feasibility.counts import contradictory_sizes, crowded, indivisible, lonely, needed


def people(count: int, **values: str) -> dict[str, dict[str, str]]:
    """Return people who share *values*."""
    return {f"p{at:02}": values for at in range(count)}


def test_two_rules_on_sizes_may_leave_none(crowd: Any, rule: Any) -> None:
    """R7: at least five by one rule and at most four by another."""
    known = crowd(
        [rule("big", "pod-size", min=5, target=6, max=7), rule("small", "pod-size", min=2, target=3, max=4)], people(20)
    )
    proof = contradictory_sizes(known)

    assert proof is not None
    assert "a pod has at least 5 members (rule big) and at most 4 (rule small)" == proof.words


def test_the_nearest_numbers_that_could_be_divided_are_named(crowd: Any, rule: Any) -> None:
    """R7: forty-one people in pods of exactly six; four in pods of five to seven."""
    six = crowd([rule("size", "pod-size", min=6, target=6, max=6)], people(41))
    few = crowd([rule("size", "pod-size", min=5, target=6, max=7)], people(4))
    said = [indivisible(known, blocks(known)) for known in (six, few)]

    assert [
        "41 people cannot be divided into pods of exactly 6: 36 or 42 could",
        "4 people cannot be divided into pods of 5 to 7: 5 could",
    ] == [proof.words for proof in said if proof]


def test_a_value_held_by_more_people_than_pods(crowd: Any, rule: Any) -> None:
    """R7: pigeonholes: five of one team need five pods, twelve people fill four of three."""
    holders = {**people(12), **{f"p{at:02}": {"team": "x"} for at in range(5)}}
    known = crowd([rule("size", "pod-size", min=3, target=3, max=3), rule("mixed", "mix", by=("team",))], holders)
    (block,) = blocks(known)
    proof = crowded(known, block)

    assert 5 == needed(known, block)[0]
    assert proof is not None
    assert ("p00", "p01", "p02", "p03", "p04") == proof.people
    assert "5 people with team x" in proof.words


def test_mutual_rivals_need_a_pod_each(crowd: Any, rule: Any, pairs: Any) -> None:
    """R7: three people who must all be apart do not fit into two pods."""
    rivals = rule("rivals", "apart", pairs=pairs("p00-p01", "p01-p02", "p00-p02", "p03-p00"))
    known = crowd([rule("size", "pod-size", min=2, target=2, max=4), rivals], people(5))
    proof = crowded(known, blocks(known)[0])

    assert proof is not None
    assert ("p00", "p01", "p02") == proof.people


def test_a_boss_of_nearly_everyone_is_left_alone(crowd: Any, rule: Any) -> None:
    """R7: a manager who may sit with one colleague only has too few for a pod of three."""
    reports = {**people(6, manager="p00"), "p00": {}, "p06": {}}
    rules = [rule("size", "pod-size", min=3, target=3, max=4), rule("bosses", "apart", who="manager-and-report")]
    proof = lonely(crowd(rules, reports))

    assert proof is not None
    assert "P00 can sit with only one other, being apart from P01" in proof.words
    assert ("p00", "p01", "p02", "p03", "p04", "p05") == proof.people
