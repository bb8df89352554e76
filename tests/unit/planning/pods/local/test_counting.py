"""A whole division is counted at once."""

from datetime import date
from typing import Any

from convener.model import Coach
from convener.planning.kernel import ints
from convener.planning.pods.local.board import BREACHES, COST
from convener.planning.pods.local.counting import seat_coaches, seat_people
from convener.planning.pods.local.encoding import encode
from convener.planning.pods.local.seats import new_notes
from convener.planning.pods.question import pose
from convener.planning.pods.sizes import Frame


def test_sizes_and_pairs_are_counted(make: Any) -> None:
    """R7: a pod too large by one, a pod too small by one, a pair sitting together against a wish."""
    people = make.register({name: {} for name in "abcd"})
    apart = make.rule("part", "apart", pairs=(("a@acme.example", "b@acme.example"),), flexible=True, weight=4)
    question = pose(make.ruleset(apart), people, date(2026, 12, 1))
    cells = encode(question, [Frame(0, question.people, 2, 2)] * 2)
    notes = new_notes(cells, 1)

    seat_people(cells, ints([0, 0, 0, 1]), notes)

    assert (2, 4) == (notes[BREACHES], notes[COST])


def test_pods_without_a_coach_are_breaches(make: Any) -> None:
    """R6: every pod of a coached programme lacks a coach when none may be allocated."""
    people = make.register({name: {} for name in "abcd"}, coaches=[Coach(id="c")])
    question = pose(make.ruleset(), people, date(2026, 12, 1), answered=frozenset())
    cells = encode(question, [Frame(0, question.people, 2, 2)] * 2)
    notes = new_notes(cells, 1)

    seat_coaches(cells, ints([-1, -1]), notes)

    assert (2, 0) == (notes[BREACHES], notes[COST])
