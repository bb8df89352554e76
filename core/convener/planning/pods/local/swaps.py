"""For everyone, the best swap that was not made."""

from collections.abc import Sequence

from convener.planning.kernel import Ints, ints, scalar_kernel
from convener.planning.pods.division import Division
from convener.planning.pods.local.board import BREACH, SEAT
from convener.planning.pods.local.deltas import swap_cost
from convener.planning.pods.local.encoding import encode
from convener.planning.pods.local.seats import first_seats, new_notes, seat
from convener.planning.pods.question import PodQuestion
from convener.planning.pods.sizes import Frame


@scalar_kernel
def compare_swaps(cells: Ints, crowd: Ints, partner: Ints, costs: Ints) -> None:
    """Write the best partner of each of *crowd* and what that swap costs; of equals the first partner."""
    for at in range(len(crowd)):
        one = crowd[at]
        for later in range(at + 1, len(crowd)):
            other = crowd[later]
            if cells[cells[SEAT] + one] != cells[cells[SEAT] + other]:
                cost = swap_cost(cells, one, other)
                if cost < costs[one]:
                    partner[one], costs[one] = other, cost
                if cost < costs[other]:
                    partner[other], costs[other] = one, cost


def best_swaps(question: PodQuestion, frames: Sequence[Frame], division: Division) -> dict[str, tuple[str, int, int]]:
    """Return for each person the partner, the partner's frame and the change of score of their best swap.

    Only swaps that break no inflexible rule any further count; who has none is left out. Time grows with the square
    of the people in a group, memory does not.
    """
    cells = encode(question, frames)
    seat(cells, new_notes(cells, 1), first_seats(question, frames, division, cells))
    place = {person: at for at, person in enumerate(question.people)}
    partner, costs = ints([-1] * len(place)), ints([cells[BREACH] // 2] * len(place))
    for people in {frame.group: frame.people for frame in frames}.values():
        compare_swaps(cells, ints(sorted(place[person] for person in people)), partner, costs)
    found: dict[str, tuple[str, int, int]] = {}
    for person, at in place.items():
        if partner[at] >= 0:
            where = int(cells[cells[SEAT] + partner[at]])
            found[person] = (question.people[partner[at]], where, _score(int(costs[at]), int(cells[BREACH])))
    return found


def _score(cost: int, breach: int) -> int:
    """Return the change of score in a *cost* that may mend breaches too."""
    return cost - (cost + breach // 2) // breach * breach
