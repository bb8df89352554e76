"""Kernels of the search: random swaps, moves and trades of whole knots of people, taken unless they cost too much.

What is too much is drawn anew each time, which makes this simulated annealing (Kirkpatrick, Gelatt and Vecchi, Science
220, 1983); at no heat it is a descent that also takes what costs nothing. Neighbourhoods as in the iterated searches
for maximally diverse groups (Lai and Hao, European Journal of Operational Research 254, 2016): swap and insertion.
"""

from convener.planning.kernel import Ints, chance, scalar_kernel
from convener.planning.pods.local.board import (
    AFTER,
    BREACH,
    BREACHES,
    COST,
    HEAD,
    KIN,
    KNOT,
    PEOPLE,
    SEAT,
    SIZE,
)
from convener.planning.pods.local.deltas import draw_limit, move, move_cost, note, swap, swap_cost
from convener.planning.pods.local.lanes import Lane

MOVES = 4
"""One change in so many is a move, where sizes may change."""


@scalar_kernel
def gather(cells: Ints, notes: Ints, person: int, count: int) -> int:
    """Note *person* and those who stay with them in their pod, after *count* others; return the new count."""
    pod = cells[cells[SEAT] + person]
    at = person
    while True:
        if cells[cells[SEAT] + at] == pod:
            notes[KNOT + count] = at
            count += 1
        at = cells[cells[KIN] + at]
        if at == person:
            return count


@scalar_kernel
def fill_up(cells: Ints, notes: Ints, pod: int, count: int, wanted: int) -> int:
    """Note people of *pod* who are bound to nobody, until there are *wanted*; return the count reached."""
    members = cells[cells[SIZE] + pod]
    at = cells[cells[HEAD] + pod]
    for _ in range(chance(notes, members)):
        at = cells[cells[AFTER] + at]
    for _ in range(members):
        if count < wanted and cells[cells[KIN] + at] == at:
            notes[KNOT + count] = at
            count += 1
        at = cells[cells[AFTER] + at]
        if at >= cells[PEOPLE]:
            at = cells[cells[HEAD] + pod]
    return count


@scalar_kernel
def flip(cells: Ints, notes: Ints, count: int, pods: tuple[int, int]) -> tuple[int, int]:
    """Move the first *count* people noted from either of two pods to the other; return breaches and cost."""
    breaches, cost = 0, 0
    for at in range(count):
        person = notes[KNOT + at]
        pod = pods[1] if cells[cells[SEAT] + person] == pods[0] else pods[0]
        change = move_cost(cells, person, pod)
        broken = (change + cells[BREACH] // 2) // cells[BREACH]
        breaches += broken
        cost += change - broken * cells[BREACH]
        move(cells, person, pod)
    return breaches, cost


@scalar_kernel
def trade(cells: Ints, notes: Ints, one: int, other: int, limit: int) -> None:
    """Let two people change places with all who belong to them; others make up the numbers."""
    pods = (cells[cells[SEAT] + one], cells[cells[SEAT] + other])
    mine = gather(cells, notes, one, 0)
    both = gather(cells, notes, other, mine)
    if 2 * mine > both:
        both = fill_up(cells, notes, pods[1], both, 2 * mine)
    else:
        both = fill_up(cells, notes, pods[0], both, 2 * (both - mine))
    breaches, cost = flip(cells, notes, both, pods)
    if breaches < 0 or (breaches == 0 and cost <= limit):
        notes[BREACHES] += breaches
        notes[COST] += cost
    else:
        flip(cells, notes, both, pods)


@scalar_kernel
def try_swap(cells: Ints, notes: Ints, one: int, other: int, heat: int) -> None:
    """Swap two people if that does not cost too much."""
    if cells[cells[KIN] + one] != one or cells[cells[KIN] + other] != other:
        trade(cells, notes, one, other, draw_limit(notes, heat))
        return
    cost = swap_cost(cells, one, other)
    if cost <= 0 or (heat > 0 and cost <= draw_limit(notes, heat)):
        swap(cells, one, other)
        note(cells, notes, cost)


@scalar_kernel
def try_move(cells: Ints, notes: Ints, person: int, pod: int, heat: int) -> None:
    """Move a person who is bound to nobody if that does not cost too much."""
    if cells[cells[KIN] + person] == person:
        cost = move_cost(cells, person, pod)
        if cost <= 0 or (heat > 0 and cost <= draw_limit(notes, heat)):
            move(cells, person, pod)
            note(cells, notes, cost)


@scalar_kernel
def roam(cells: Ints, notes: Ints, lane: Lane, heat: int, steps: int) -> None:
    """Try *steps* random changes within the parts of *lane*, in proportion to their people."""
    for part in range(lane.parts):
        first, pods_first = lane.crowd_first[part], lane.pods_first[part]
        people, pods = lane.crowd_first[part + 1] - first, lane.pods_first[part + 1] - pods_first
        for _ in range(steps * people // lane.crowd_first[lane.parts]):
            one = lane.crowd[first + chance(notes, people)]
            if lane.loose[part] > 0 and chance(notes, MOVES) == 0:
                pod = lane.pods[pods_first + chance(notes, pods)]
                if pod != cells[cells[SEAT] + one]:
                    try_move(cells, notes, one, pod, heat)
            else:
                other = lane.crowd[first + chance(notes, people)]
                if cells[cells[SEAT] + one] != cells[cells[SEAT] + other]:
                    try_swap(cells, notes, one, other, heat)
