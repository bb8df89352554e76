"""Every change costs what counting anew says."""

from collections.abc import Callable
from typing import Any

import pytest

from convener.planning.kernel import chance, ints
from convener.planning.pods.costs import Seated, units
from convener.planning.pods.local import deltas
from convener.planning.pods.local.board import BREACH, BREACHES, COST, PEOPLE, SEAT
from convener.planning.pods.local.coaching import settle
from convener.planning.pods.local.encoding import encode
from convener.planning.pods.local.seats import first_seats, new_notes, seat, seats_of


def counted(question: Any, seats: Any) -> tuple[int, int]:
    """Return units of inflexible rules broken and the score, from members themselves; sizes of frames aside."""
    pods = [
        Seated(
            str(at),
            tuple(person for person, where in zip(question.people, seats[0], strict=True) if where == at),
            question.carriers[coach].id if coach >= 0 else None,
        )
        for at, coach in enumerate(seats[1])
    ]
    rules = question.ruleset.rules.values()
    hard = sum(units(question, rule, pods) for rule in rules if rule.inflexible)
    return hard, sum(rule.weight * units(question, rule, pods) for rule in rules if not rule.inflexible)


@pytest.mark.parametrize("seed", range(12))
def test_changes_add_up_to_what_counting_says(world: Callable[..., Any], seed: int) -> None:
    """R6, R7: after any swaps and moves breaches and score are those of the members, for every kind of rule."""
    question, frames = world(seed)
    cells = encode(question, frames)
    notes = new_notes(cells, seed + 1)
    seat(cells, notes, first_seats(question, frames, None, cells))
    settle(cells, notes)
    state = ints([seed + 77])

    for _ in range(60):
        one, other = (int(chance(state, cells[PEOPLE])) for _ in range(2))
        here, there = (int(cells[cells[SEAT] + person]) for person in (one, other))
        if here != there and chance(state, 2):
            deltas.note(cells, notes, deltas.swap_cost(cells, one, other))
            deltas.swap(cells, one, other)
        elif here != there:
            deltas.note(cells, notes, deltas.move_cost(cells, one, there))
            deltas.move(cells, one, there)
        sizes = [seats_of(cells)[0].count(at) for at in range(len(frames))]
        misses = sum(max(size - 6, 3 - size, 0) for size in sizes)
        breaches, score = counted(question, seats_of(cells))

        assert (breaches + misses, score) == (notes[BREACHES], notes[COST])


def test_a_breach_outweighs_any_gain(world: Callable[..., Any]) -> None:
    """R6: costs of one change are told apart again, whatever their signs."""
    question, frames = world(1)
    cells = encode(question, frames)
    notes = new_notes(cells, 1)
    breach = int(cells[BREACH])

    for cost in (3 * breach - 5, -breach + 7, -11):
        deltas.note(cells, notes, cost)

    assert (2, -9) == (notes[BREACHES], notes[COST])
