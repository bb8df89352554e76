"""Ways out, confirmed."""

from dataclasses import replace
from itertools import combinations
from typing import Any

from convener.model import Coach
from convener.planning.effort import Effort
from convener.planning.pods.conflicts.case import Case
from convener.planning.pods.conflicts.judge import Judge
from convener.planning.pods.conflicts.ways import MOST_WAYS, more_coaches, ways_out


def out(asked: tuple[Any, Any], core: list[str], people: Any = ()) -> list[tuple[int, str]]:
    """Return cost and words of each way out."""
    judge = Judge(Case(*asked), Effort())
    return [(way.cost, way.words) for way in ways_out(judge, judge.case.hard, core, people)]


def test_the_cheapest_comes_first_with_what_it_gives_up(ask: Any, rule: Any) -> None:
    """R7: one pod of five is one person short; pods of seven are five people over."""
    asked = ask([rule("size", "pod-size", min=6, target=6, max=6)], {f"p{at}": {} for at in range(41)})

    assert [
        (1, "let rule size have min = 5"),
        (1, "make rule size flexible"),
        (5, "let rule size have max = 7"),
    ] == out(asked, ["size"])


def test_the_smallest_step_that_is_enough_is_found(ask: Any, rule: Any) -> None:
    """R7: six coaches' worth of pods for one coach, no more and no less."""
    rules = [rule("size", "pod-size", min=2, target=2, max=2), rule("load", "coach-load", max_pods=1)]
    found = out(ask(rules, {f"p{at:02}": {} for at in range(12)}, coaches=[Coach(id="ann@x")]), ["load", "size"])

    assert (5, "let rule load have max_pods = 6") in found
    assert (10, "let rule size have max = 12") in found


def test_several_pairs_of_one_rule_are_left_out_together(ask: Any, rule: Any, pairs: Any) -> None:
    """R7: two contradictions in one rule: both pairs go, and the third stays."""
    rules = [
        rule("friends", "together", pairs=pairs("a-b", "c-d", "e-f")),
        rule("region", "same", by=("region",)),
    ]
    people = {name: {"region": "north" if name in "acef" else "south"} for name in "abcdef"}
    found = out(ask(rules, people), ["friends", "region"], ("a", "b"))

    assert (2, "take A and B; C and D out of rule friends") in found


def test_of_many_pairs_that_would_do_a_few_are_offered(ask: Any, rule: Any, pairs: Any) -> None:
    """R7: seven mutual rivals in six pods: any pair may sit together, and nobody reads all twenty-one."""
    rules = [
        rule("size", "pod-size", min=2, target=2, max=3),
        rule("rivals", "apart", pairs=pairs(*(f"{one}-{other}" for one, other in combinations("abcdefg", 2)))),
    ]
    found = out(ask(rules, {name: {} for name in "abcdefghijklm"}), ["rivals", "size"], tuple("abcdefg"))
    taken = [words for _, words in found if words.startswith("take")]

    assert MOST_WAYS == len(taken)
    assert (1, "take A and B out of rule rivals") == found[0]


def test_where_no_single_rule_is_to_blame_the_fewest_are_given_up(ask: Any, rule: Any, pairs: Any) -> None:
    """R7: two contradictions without a rule in common need two rules, each as gently as can be."""
    rules = [
        rule("size", "pod-size", min=3, target=3, max=3),
        rule("friends", "together", pairs=pairs("p0-p1", "p2-p3")),
        rule("rivals", "apart", pairs=pairs("p0-p1")),
    ]
    ((cost, words),) = out(ask(rules, {f"p{at}": {} for at in range(7)}), ["size"])

    assert (2, "take P0 and P1 out of rule friends and let rule size have max = 4") == (cost, words)


def test_the_fewest_coaches_to_ask_or_allow_are_named(ask: Any, rule: Any) -> None:
    """R9: of those who are silent the one with most room; of those the programme leaves out likewise."""
    coaches = [
        Coach(id="ann@x", max_pods=1),
        Coach(id="bo@x", max_pods=1),
        Coach(id="cy@x", max_pods=3),
        Coach(id="dee@x"),
    ]
    asked = ask(
        [rule("size", "pod-size", min=2, target=2, max=2), rule("load", "coach-load", max_pods=4)],
        {f"p{at}": {} for at in range(6)},
        coaches=coaches,
        answered=frozenset({"ann@x"}),
    )
    limited = (replace(asked[0], coaches=("ann@x", "bo@x", "cy@x")), asked[1])
    judge = Judge(Case(*limited), Effort())
    ask_first, allow = more_coaches(judge, judge.case.hard)

    assert (("cy@x",), "get an answer from Cy@X") == (ask_first.asks, ask_first.words)
    assert "allow Dee@X as coach of the programme" == allow.words
