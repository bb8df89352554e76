"""Who might sit elsewhere, and what it would cost."""

from typing import Any

from convener.planning.pods.explanation.swaps import best_swaps, instead, ways_in

PEOPLE = {
    "a": {"team": "x"},
    "b": {"team": "y"},
    "c": {"team": "x"},
    "d": {"team": "z"},
    "e": {"team": "z"},
    "f": {"team": "z"},
}
PODS = {"one": ["a", "b"], "two": ["c", "d"], "three": ["e", "f"]}
IDS = ("lead/one", "lead/two", "lead/three")


def test_the_cheapest_way_into_each_pod_comes_first(ledger: Any, rule: Any) -> None:
    """R7: into pod three in exchange, which mends a pair; into pod two for nothing; what is forbidden comes last."""
    rules = [
        rule("size", "pod-size", min=2, target=2, max=2),
        rule("teams", "mix", flexible=True, weight=3, by=("team",)),
        rule("rivals", "apart", pairs=(("b@acme.example", "e@acme.example"),)),
    ]
    first, second = instead(ledger(rules, PEOPLE, PODS), IDS, "a")

    assert ("lead/three", "f", -3) == (first.what, first.partner, first.cost)
    assert ("rule teams: 1 fewer pair that shares a value, 3 less",) == first.rules
    assert ("lead/two", "c", 0, ()) == (second.what, second.partner, second.cost, second.rules)


def test_a_way_that_a_rule_forbids_names_it_and_has_no_cost(ledger: Any, rule: Any) -> None:
    """R7: whoever must stay with a friend cannot leave; the way that breaks least is shown, and why it cannot be."""
    friends = rule("friends", "together", pairs=(("a@acme.example", "b@acme.example"),))
    ways = instead(ledger([friends], PEOPLE, PODS), IDS, "a")

    assert [None, None] == [way.cost for way in ways]
    assert {("rule friends: 1 more pair apart that should be together, which it forbids",)} == {
        way.rules for way in ways
    }


def test_everyone_has_the_best_swap_there_is(ledger: Any, rule: Any) -> None:
    """R7: the best swap of each person is the best of all their swaps, both ways round."""
    rules = [rule("size", "pod-size", min=2, target=2, max=2), rule("teams", "mix", flexible=True, by=("team",))]
    known = ledger(rules, PEOPLE, PODS)
    best = best_swaps(known)

    assert {person: ways_in(known, person)[0].cost for person in PEOPLE} == {p: way.cost for p, way in best.items()}


def test_nobody_can_move_into_the_only_pod(ledger: Any) -> None:
    """R7: with one pod there is nothing to choose."""
    known = ledger([], {"a": {}}, {"one": ["a"]})

    assert ((), {}) == (instead(known, IDS, "a"), best_swaps(known))


def test_the_local_search_knows_the_same_swaps(ledger: Any, rule: Any) -> None:
    """R7: of more people than are judged one by one, the best swaps cost what the ledger says."""
    people = {f"p{at:02}": {"team": "uvwxyz"[at % 6], "grade": str(at * 7 % 10)} for at in range(66)}
    names = list(people)
    pods = {f"pod{at}": names[6 * at : 6 * at + 6] for at in range(11)}
    rules = [
        rule("size", "pod-size", min=6, target=6, max=6),
        rule("teams", "mix", flexible=True, weight=2, by=("team",)),
        rule("near", "similar", flexible=True, by=("grade",)),
        rule("rivals", "apart", pairs=(("p00@acme.example", "p06@acme.example"),)),
    ]
    known = ledger(rules, people, pods)
    swaps = best_swaps(known)
    best = {person: min(way.cost for way in ways_in(known, person) if not way.broken) for person in names[:6]}

    assert len(people) == len(swaps)
    assert best == {person: swaps[person].cost for person in names[:6]}
