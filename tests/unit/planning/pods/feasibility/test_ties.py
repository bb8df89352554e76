"""Pairs that contradict."""

from typing import Any

from convener.planning.pods.feasibility.ties import clusters, contradiction


def test_people_tied_through_others_are_one_cluster(crowd: Any, rule: Any, pairs: Any) -> None:
    """R7: together is passed on."""
    tied = crowd(
        [rule("friends", "together", pairs=pairs("ana-ben", "ben-cy"))],
        {name: {} for name in ("ana", "ben", "cy", "dee")},
    )

    assert [("ana", "ben", "cy"), ("dee",)] == clusters(tied)


def test_the_shortest_chain_is_told(crowd: Any, rule: Any, pairs: Any) -> None:
    """R7: of two chains between rivals the shorter one is named, link by link."""
    rules = [
        rule("friends", "together", pairs=pairs("ana-ben", "ben-cy", "ana-dee", "dee-eve", "eve-cy")),
        rule("rivals", "apart", pairs=pairs("ana-cy")),
    ]
    proof = contradiction(crowd(rules, {name: {} for name in ("ana", "ben", "cy", "dee", "eve")}))

    assert proof is not None
    assert ("ana", "ben", "cy") == proof.people
    assert (
        "Ana and Ben must be together (rule friends), Ben and Cy too (rule friends), "
        "but Ana and Cy must be apart (rule rivals)"
    ) == proof.words


def test_a_chain_too_long_names_one_person_more_than_fit(crowd: Any, rule: Any, pairs: Any) -> None:
    """R7: of five people tied in pods of three at most, four are enough to see it."""
    rules = [
        rule("size", "pod-size", min=1, target=2, max=3),
        rule("friends", "together", pairs=pairs("a-b", "b-c", "c-d", "d-e")),
    ]
    proof = contradiction(crowd(rules, {name: {} for name in "abcde"}))

    assert proof is not None
    assert 4 == len(proof.people)
    assert proof.words.endswith("but a pod has at most 3 members (rule size)")


def test_ties_that_fit_prove_nothing(crowd: Any, rule: Any, pairs: Any) -> None:
    """R7: no contradiction is found where there is none."""
    rules = [rule("friends", "together", pairs=pairs("a-b")), rule("rivals", "apart", pairs=pairs("a-c"))]

    assert contradiction(crowd(rules, {name: {} for name in "abc"})) is None
