"""An iterated search for who sits with whom, coaches included.

Cycles follow each other in the lengths of Luby, Sinclair and Zuckerman (Information Processing Letters 47, 1993), 1, 1,
2, 1, 1, 2, 4 and so on. A short one begins afresh, a longer one goes on from the best plan so far; all but the first
heat the plan up, let it cool and settle, and the best one is kept. Rounds are short and their work never depends on
the machine: the answer depends on question, seed and steps alone.
"""

from collections.abc import Sequence
from functools import partial
from itertools import count as count_from

from convener.planning.effort import Effort
from convener.planning.pods.division import Division
from convener.planning.pods.local.board import BREACHES, COST, PEOPLE
from convener.planning.pods.local.encoding import encode
from convener.planning.pods.local.plan import Piece, Plan, best_seats, new_plan
from convener.planning.pods.local.search import roam
from convener.planning.pods.local.seats import division_of, first_seats, new_notes, seat
from convener.planning.pods.question import PodQuestion
from convener.planning.pods.sizes import Frame
from convener.planning.starts import STARTS, side_by_side

ROUND = 20_000
"""Steps of one thread between two reports."""
CYCLE = 1_000
"""Steps for each person in a short cycle."""
COOLER = (3, 2, 1, 0)
"""How often the usual cost of a change is halved for the heat in which cycles begin, in turn."""
STAGES = 5
"""Stages of a cycle: in each the heat is half of that before, in the last there is none."""
LARGE = 1_000
"""From so many people on all threads work on one plan, instead of one plan each."""
RECUT = 10
"""Rounds after which the pieces of a plan are cut anew."""


def usual_steps(people: int) -> int:
    """Return the steps that a question of so many *people* is usually worth."""
    return 25_000 * min(people, 400) + 500 * max(people - 400, 0)


def improve(
    question: PodQuestion,
    frames: Sequence[Frame],
    effort: Effort,
    start: Division | None = None,
    usual: int | None = None,
) -> Division:
    """Return the best division of everyone into *frames* that a local search finds, with a coach for every pod.

    Fewest units of inflexible rules broken come first, then the least score, then near and evenly loaded coaches;
    never worse than *start* where that seats everyone. Counts its steps in *effort*: as many as that allows where
    such a question is worth *usual* steps, see `usual_steps`. The frames stay in their order.
    """
    people = len(question.people)
    cells = encode(question, frames)
    seats = first_seats(question, frames, start, cells)
    count = 1 if people >= LARGE else STARTS
    plans = [new_plan(cells, frames, seats, effort.seed * STARTS + at) for at in range(count)]
    budget, spent = effort.left(usual_steps(people) if usual is None else usual), effort.spent
    for number in count_from(1):
        left = budget - (effort.spent - spent)
        if left <= 0 or effort.stopped or any(plan.best[:2] == (0, 0) for plan in plans):
            break
        _cycle(plans, number, left, effort)
    return division_of(question, best_seats(plans))


def cost(question: PodQuestion, frames: Sequence[Frame], division: Division) -> tuple[int, int]:
    """Return the units by which *division*, which seats everyone, breaks inflexible rules, and its score.

    Units are those of `sheet`. People by which a pod misses the sizes of its frame, pods beyond a coach's room and
    pods without a coach though there ought to be one count one each.
    """
    cells = encode(question, frames)
    notes = new_notes(cells, 1)
    seat(cells, notes, first_seats(question, frames, division, cells))
    return int(notes[BREACHES]), int(notes[COST])


def _luby(number: int) -> int:
    """Return the length of cycle *number*, from 1."""
    power = number.bit_length()
    return 1 << power - 1 if number == (1 << power) - 1 else _luby(number - (1 << power - 1) + 1)


def _cycle(plans: list[Plan], number: int, budget: int, effort: Effort) -> None:
    """Work on all *plans* for one cycle of at most *budget* steps, round by round."""
    length = _luby(number)
    steps = min(budget, length * CYCLE * max(int(plans[0].cells[PEOPLE]), 1))
    if length == 1 and number > 1:
        for plan in plans:
            plan.restart()
    rounds = -(-steps // (ROUND * STARTS))
    for at in range(rounds):
        each = min(ROUND, -(-(steps - at * ROUND * STARTS) // STARTS))
        stage = at * STAGES // rounds
        hot = number > 1 and stage < STAGES - 1
        heats = [plan.usual >> COOLER[number % len(COOLER)] + stage if hot else 0 for plan in plans]
        _round(plans, heats, each, recut=at % RECUT == 0)
        breaches, score, _ = min(plan.best if hot else min(plan.best, plan.now()) for plan in plans)
        if effort.spend(each * STARTS, best=None if breaches else score, bound=0):
            break
    for plan in plans:
        plan.keep()


def _round(plans: list[Plan], heats: list[int], steps: int, *, recut: bool) -> None:
    """Let every thread take *steps* at the heat of its plan."""
    for plan in plans if recut else ():
        plan.cut(STARTS // len(plans))
    pieces = [(piece, heat) for plan, heat in zip(plans, heats, strict=True) for piece in plan.pieces]
    side_by_side(partial(_work, steps), pieces)
    for plan, heat in zip(plans, heats, strict=True):
        plan.gather(heat, steps)


def _work(steps: int, what: tuple[Piece, int]) -> None:
    piece, heat = what
    roam(piece.cells, piece.notes, piece.lane, heat, steps)
