"""A plan in the making: its cells, what threads work on, and the best it has been."""

import copy
from collections.abc import Sequence
from dataclasses import dataclass, field

from convener.planning.kernel import MODULUS, Ints, chance
from convener.planning.pods.local.board import BREACH, BREACHES, CARRIERS, COST, LIKING, PEOPLE, SEAT
from convener.planning.pods.local.coaching import settle, shuffle_coaches
from convener.planning.pods.local.deltas import HEAT, swap_cost
from convener.planning.pods.local.lanes import Lane, lanes
from convener.planning.pods.local.seats import Seats, new_notes, seat, seats_of
from convener.planning.pods.sizes import Frame

SAMPLES = 500
"""Swaps from which the usual cost of a change is told."""
COACHES = 10
"""One step in so many changes coaches, where there are any."""
Cost = tuple[int, int, int]
"""Units of inflexible rules broken, score, preferences."""


@dataclass(slots=True)
class Piece:
    """What one thread works on."""

    cells: Ints
    notes: Ints
    lane: Lane


@dataclass(slots=True)
class Plan:
    """A plan in the making, and the best it has been."""

    cells: Ints
    notes: Ints
    frames: Sequence[Frame]
    seed: int
    usual: int
    """What a swap that costs something costs, in the middle, as heat."""
    best: Cost
    kept: Ints
    """The cells that change, as they were at their best."""
    begun: Cost
    fresh: Ints
    """The cells that change, as they were at first."""
    pieces: list[Piece] = field(default_factory=list[Piece])

    def cut(self, count: int) -> None:
        """Cut the plan into *count* pieces that share no pod, anew unless it is one."""
        if not self.pieces:
            notes = [new_notes(self.cells, spread(self.seed, at + 1)) for at in range(count)]
            self.pieces = [Piece(self.cells, own, lane) for own, lane in zip(notes, self._lanes(count), strict=True)]
        elif count > 1:
            for piece, lane in zip(self.pieces, self._lanes(count), strict=True):
                piece.lane = lane

    def _lanes(self, count: int) -> list[Lane]:
        return lanes(self.cells, self.frames, count, self.notes)

    def gather(self, heat: int, steps: int) -> None:
        """Add up what the pieces have changed in a round of *steps*, and try other coaches."""
        for piece in self.pieces:
            for at in (BREACHES, COST):
                self.notes[at] += piece.notes[at]
                piece.notes[at] = 0
        if self.cells[CARRIERS] > 0:
            shuffle_coaches(self.cells, self.notes, heat, steps // COACHES)

    def now(self) -> Cost:
        """Return what the plan costs as it stands."""
        return int(self.notes[BREACHES]), int(self.notes[COST]), int(self.notes[LIKING])

    def keep(self) -> None:
        """Settle the coaches, then keep the plan if it is better than the best, else go back to that."""
        settle(self.cells, self.notes)
        if self.now() < self.best:
            self.best, self.kept = self.now(), copy.copy(self.cells[int(self.cells[SEAT]) :])
        else:
            self._go_back(self.kept, self.best)

    def restart(self) -> None:
        """Go back to the first seats."""
        self._go_back(self.fresh, self.begun)

    def _go_back(self, cells: Ints, cost: Cost) -> None:
        self.cells[int(self.cells[SEAT]) :] = cells
        self.notes[BREACHES], self.notes[COST], self.notes[LIKING] = cost


def new_plan(cells: Ints, frames: Sequence[Frame], seats: Seats, seed: int) -> Plan:
    """Return a plan with everyone in *seats*, on a copy of an empty board; each *seed* takes another course."""
    cells = copy.copy(cells)
    notes = new_notes(cells, spread(seed, 0))
    seat(cells, notes, seats)
    settle(cells, notes)
    first, begun = copy.copy(cells[int(cells[SEAT]) :]), (int(notes[BREACHES]), int(notes[COST]), int(notes[LIKING]))
    return Plan(cells, notes, frames, seed, _usual(cells, notes), begun, first, begun, first)


def spread(seed: int, number: int) -> int:
    """Return where chance starts for one of many courses of a *seed*: far from the others (Knuth's generator)."""
    state = seed
    for _ in range(number + 2):
        state = (state * 6_364_136_223_846_793_005 + 1_442_695_040_888_963_407) % (1 << 64)
    return 1 + (state >> 33) % (MODULUS - 1)


def _usual(cells: Ints, notes: Ints) -> int:
    """Return the middle cost of random swaps that cost something and break nothing, as heat."""
    seats, people = int(cells[SEAT]), int(cells[PEOPLE])
    costs: list[int] = []
    for _ in range(SAMPLES if people > 0 else 0):
        one, other = int(chance(notes, people)), int(chance(notes, people))
        if cells[seats + one] != cells[seats + other]:
            costs.append(int(swap_cost(cells, one, other)))
    some = sorted(cost for cost in costs if 0 < cost < cells[BREACH] // 2)
    return HEAT * (some[len(some) // 2] if some else 1)


def best_seats(plans: Sequence[Plan]) -> Seats:
    """Return who sits where in the best of *plans* at its best."""
    best = min(plans, key=lambda plan: plan.best)
    best.cells[int(best.cells[SEAT]) :] = best.kept
    return seats_of(best.cells)
