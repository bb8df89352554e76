"""Kernels that give pods their coaches: costs of a change and of an exchange, and a descent over both.

Preferences (near zones, even load) decide only between plans of the same cost.
"""

from convener.planning.kernel import Ints, chance, scalar_kernel
from convener.planning.pods.local.board import (
    BREACH,
    CARRIERS,
    CARRIES,
    COACH,
    COACH_COST,
    COACH_ZONE,
    DISTANCE,
    FRAMES,
    LIKING,
    LIMIT,
    LIMIT_COSTS,
    LIMITS,
    LOAD,
    ROOM,
    ZONES,
)
from convener.planning.pods.local.deltas import count_zone, draw_limit, note, zone_change

FAR = 1 << 62
"""More than anything costs."""


@scalar_kernel
def load_cost(cells: Ints, carrier: int, load: int) -> int:
    """Return what it costs that *carrier* takes *load* pods."""
    cost = cells[cells[COACH_COST] + carrier] * load
    if cells[cells[ROOM] + carrier] >= 0:
        cost += cells[BREACH] * max(load - cells[cells[ROOM] + carrier], 0)
    for at in range(cells[LIMITS]):
        room = max(cells[cells[LIMIT] + at] - cells[cells[CARRIES] + carrier], 0)
        cost += cells[cells[LIMIT_COSTS] + at] * max(load - room, 0)
    return cost


@scalar_kernel
def preference(cells: Ints, carrier: int, load: int) -> int:
    """Return how little it is liked that *carrier* takes *load* pods."""
    carried = load + cells[cells[CARRIES] + carrier]
    return load * cells[cells[DISTANCE] + carrier] + carried * (carried - 1)


@scalar_kernel
def change_cost(cells: Ints, pod: int, carrier: int) -> int:
    """Return what it costs that *carrier* takes *pod* from its coach, or mends that it has none."""
    old = cells[cells[COACH] + pod]
    if old == carrier:
        return 0
    load = cells[cells[LOAD] + carrier]
    gone = cells[cells[COACH_ZONE] + old] if old >= 0 else -1
    cost = zone_change(cells, pod, gone, cells[cells[COACH_ZONE] + carrier])
    cost += load_cost(cells, carrier, load + 1) - load_cost(cells, carrier, load)
    if old >= 0:
        cost += load_cost(cells, old, cells[cells[LOAD] + old] - 1) - load_cost(cells, old, cells[cells[LOAD] + old])
    else:
        cost -= cells[BREACH]
    return cost


@scalar_kernel
def change_preference(cells: Ints, pod: int, carrier: int) -> int:
    """Return by how much less it is liked that *carrier* takes *pod* from its coach, if it has one."""
    old = cells[cells[COACH] + pod]
    if old == carrier:
        return 0
    load = cells[cells[LOAD] + carrier]
    cost = preference(cells, carrier, load + 1) - preference(cells, carrier, load)
    if old >= 0:
        cost += preference(cells, old, cells[cells[LOAD] + old] - 1) - preference(cells, old, cells[cells[LOAD] + old])
    return cost


@scalar_kernel
def take(cells: Ints, pod: int, carrier: int) -> None:
    """Give *pod* to *carrier*."""
    old = cells[cells[COACH] + pod]
    if old >= 0:
        count_zone(cells, pod, cells[cells[COACH_ZONE] + old], -1)
        cells[cells[LOAD] + old] -= 1
    count_zone(cells, pod, cells[cells[COACH_ZONE] + carrier], 1)
    cells[cells[LOAD] + carrier] += 1
    cells[cells[COACH] + pod] = carrier


@scalar_kernel
def exchange_cost(cells: Ints, pod: int, other: int) -> int:
    """Return what it costs that two pods exchange their coaches."""
    mine = cells[cells[COACH_ZONE] + cells[cells[COACH] + pod]]
    theirs = cells[cells[COACH_ZONE] + cells[cells[COACH] + other]]
    return zone_change(cells, pod, mine, theirs) + zone_change(cells, other, theirs, mine)


@scalar_kernel
def exchange(cells: Ints, pod: int, other: int) -> None:
    """Let two pods exchange their coaches."""
    mine, theirs = cells[cells[COACH] + pod], cells[cells[COACH] + other]
    take(cells, pod, theirs)
    take(cells, other, mine)


@scalar_kernel
def allot(cells: Ints, pod: int, notes: Ints) -> bool:
    """Give *pod* to the carrier who costs least, then is liked best; return whether that is another one."""
    best, best_cost, best_liking = cells[cells[COACH] + pod], 0, 0
    if best < 0:
        best_cost = FAR
    for carrier in range(cells[CARRIERS]):
        cost = change_cost(cells, pod, carrier)
        if cost <= best_cost:
            liking = change_preference(cells, pod, carrier)
            if cost < best_cost or liking < best_liking:
                best, best_cost, best_liking = carrier, cost, liking
    if best == cells[cells[COACH] + pod]:
        return False
    take(cells, pod, best)
    note(cells, notes, best_cost)
    notes[LIKING] += best_liking
    return True


@scalar_kernel
def exchange_any(cells: Ints, pod: int, notes: Ints) -> bool:
    """Exchange the coaches of *pod* and of a later pod where that costs less; return whether one was found."""
    found = False
    for other in range(pod + 1, cells[FRAMES]):
        cost = exchange_cost(cells, pod, other)
        if cost < 0:
            exchange(cells, pod, other)
            note(cells, notes, cost)
            found = True
    return found


@scalar_kernel
def settle(cells: Ints, notes: Ints) -> int:
    """Change and exchange coaches until neither helps; return the steps taken."""
    steps, better = 0, cells[CARRIERS] > 0
    while better:
        better = False
        for pod in range(cells[FRAMES]):
            better = allot(cells, pod, notes) or better
            steps += cells[CARRIERS]
        if cells[ZONES] > 0:
            for pod in range(cells[FRAMES]):
                better = exchange_any(cells, pod, notes) or better
                steps += cells[FRAMES] - pod
    return steps


@scalar_kernel
def shuffle_coaches(cells: Ints, notes: Ints, heat: int, steps: int) -> None:
    """Try *steps* random changes and exchanges of coaches; take what does not cost too much for *heat*.

    Every pod must have a coach already, see `settle`.
    """
    for _ in range(steps):
        pod, other = chance(notes, cells[FRAMES]), chance(notes, cells[FRAMES])
        if chance(notes, 2) == 0:
            carrier = chance(notes, cells[CARRIERS])
            cost = change_cost(cells, pod, carrier)
            liking = change_preference(cells, pod, carrier)
            if cost < 0 or (cost == 0 and liking <= 0) or 0 < cost <= draw_limit(notes, heat):
                take(cells, pod, carrier)
                note(cells, notes, cost)
                notes[LIKING] += liking
        elif pod != other:
            cost = exchange_cost(cells, pod, other)
            if cost <= 0 or cost <= draw_limit(notes, heat):
                exchange(cells, pod, other)
                note(cells, notes, cost)
