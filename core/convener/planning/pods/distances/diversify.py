"""The maximally diverse grouping problem: groups of given sizes whose members are as far from each other as can be.

A memetic search: divisions are annealed, the best ones are kept, and children of two of them are annealed from a lower
heat, in the footsteps of Fan, Chen, Ma, Zeng ("A hybrid genetic algorithmic approach to the maximally diverse grouping
problem", Journal of the Operational Research Society 62, 2011), who cross, and Palubeckis, Karčiauskas, Riškus
("Comparative performance of three metaheuristic approaches for the maximally diverse grouping problem", Information
Technology and Control 40, 2011), who anneal.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from convener.planning.effort import Effort
from convener.planning.kernel import MODULUS, keep_compiled
from convener.planning.pods.distances.annealing import Heats, anneal, quench
from convener.planning.pods.distances.board import BEST, Board, IntArray, Puzzle, board_of
from convener.planning.pods.distances.crossing import cross
from convener.planning.pods.distances.meter import Meter
from convener.planning.pods.distances.puzzle import ceiling, promising_sizes, puzzle_of
from convener.planning.starts import STARTS

ELITE = 8
"""Divisions kept."""
SHORT, LONG = 250, 4_000
"""Sweeps of the first annealing and, each twice as long as the one before, of later ones."""
WARM = 70
"""Percent of the way from cold to hot at which children are annealed."""
PATIENCE = 12
"""Rounds without a new member of the elite before it is begun anew with longer annealing."""
SWEEPS, MOST = 20_000, 3_000_000_000


def usual_steps(elements: int) -> int:
    """Return how many steps a question of so many elements is usually worth."""
    return min(SWEEPS * elements**2, MOST)


def diversify(
    distances: npt.ArrayLike, sizes: Sequence[tuple[int, int]], effort: Effort, start: Sequence[int] | None = None
) -> tuple[list[int], float]:
    """Return the group of each element, and the sum of distances between members of one group, as great as found.

    *distances* is n x n and symmetric, in any unit, negative for costs; *sizes* are the least and most elements of each
    group; *start* is the group of each element in a division to start from, which the answer is at least as good as.
    A step is one exchange or transfer judged. Raises ValueError when the sizes, or the start, do not fit.
    """
    keep_compiled()
    puzzle = puzzle_of(distances, sizes)
    if start is not None:
        _check(puzzle, start)
    if len(puzzle.distance) == 0:
        return [], 0.0
    usual = usual_steps(len(puzzle.distance))
    meter = Meter(effort, effort.left(usual), puzzle.shift, ceiling(puzzle))
    search = _Search(puzzle, meter, random.Random(effort.seed))  # noqa: S311 - no secret
    found = search.run(start)
    meter.report()
    answers = [found] if start is None else [found, list(start)]
    return max(((each, _worth(distances, each)) for each in answers), key=lambda answer: answer[1])


def _check(puzzle: Puzzle, start: Sequence[int]) -> None:
    taken = np.bincount(np.array(start, dtype=np.int64), minlength=len(puzzle.least))
    fits = len(start) == len(puzzle.distance) and len(taken) == len(puzzle.least)
    if not fits or (taken < puzzle.least).any() or (taken > puzzle.most).any():
        raise ValueError("the start does not have the sizes asked for")


def _worth(distances: npt.ArrayLike, groups: list[int]) -> float:
    given, group = np.array(distances), np.array(groups, dtype=np.int64)
    within = np.triu(group[:, None] == group, 1)
    return float(given[within].sum())


def _listed(group: IntArray) -> list[int]:
    return [int(at) for at in group]


@dataclass(frozen=True, slots=True)
class _Member:
    """A division that was found."""

    worth: int
    group: IntArray


@dataclass(slots=True)
class _Search:
    """The search for one puzzle."""

    puzzle: Puzzle
    meter: Meter
    draw: random.Random
    elite: list[_Member] = field(default_factory=list)
    """The best first."""

    def run(self, start: Sequence[int] | None) -> list[int]:
        """Return the best division that the budget allows to find."""
        first = self.board(list(start) if start is not None else self.scattered())
        best = _Member(int(first.tally[BEST]), first.best.copy())
        heats = quench(first, self.meter)
        self.admit(first)
        longest, sweeps, idle = LONG, SHORT, 0
        while self.meter.left:
            idle = 0 if self.round(heats, sweeps) else idle + 1
            best = max([best, *self.elite], key=lambda member: member.worth)
            sweeps = min(2 * sweeps, longest)
            if idle == PATIENCE:
                longest, idle, self.elite = 2 * longest, 0, []
        return _listed(max([best, *self.elite], key=lambda member: member.worth).group)

    def round(self, heats: Heats, sweeps: int) -> bool:
        """Anneal new divisions or children side by side; return whether any of them joins the elite."""
        grown = len(self.elite) == ELITE
        boards = [self.board(self.child() if grown else self.scattered()) for _ in range(STARTS)]
        anneal(boards, heats.warm(WARM) if grown else heats.hot, heats.cold, sweeps, self.meter)
        return True in [self.admit(board) for board in boards]

    def board(self, groups: Sequence[int]) -> Board:
        """Lay out a board with chance of its own."""
        return board_of(self.puzzle, groups, self.draw.randrange(MODULUS))

    def scattered(self) -> list[int]:
        """Return a division by chance, of promising sizes."""
        seats = [at for at, size in enumerate(promising_sizes(self.puzzle)) for _ in range(size)]
        self.draw.shuffle(seats)
        return seats

    def child(self) -> list[int]:
        """Return a child of two members of the elite."""
        one, other = self.draw.sample(self.elite, 2)
        return _listed(cross(one.group, other.group, len(self.puzzle.least), self.draw))

    def admit(self, board: Board) -> bool:
        """Let the best division of *board* into the elite, if it is new and good enough; return whether it is in."""
        found = _Member(int(board.tally[BEST]), board.best.copy())
        if any(member.worth == found.worth for member in self.elite):
            return False
        self.elite = sorted([*self.elite, found], key=lambda member: -member.worth)[:ELITE]
        return any(member is found for member in self.elite)
