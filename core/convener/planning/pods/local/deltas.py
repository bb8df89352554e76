"""What every change costs, and the change itself: exact, from counts by pod and value.

All are kernels over the cells of a board. A cost mixes breaches and flexible cost as the board tells. *pod* is a
frame, *leaver* and *comer* are people; nobody is `cells[PEOPLE]`.
"""

from convener.planning.kernel import Ints, chance, scalar_kernel
from convener.planning.pods.local.board import (
    AFTER,
    ALIKE,
    ALIKE_COSTS,
    ALIKES,
    BEFORE,
    BOND_COSTS,
    BOND_FIRST,
    BOND_OTHER,
    BREACH,
    BREACHES,
    BULK,
    CLASH,
    CLASHING,
    COST,
    COUNTS,
    DRAWS,
    HEAD,
    LEAST,
    LUCK,
    MIX_COSTS,
    MIXED,
    MIXES,
    MOST,
    ORDER_COSTS,
    ORDERED,
    ORDERS,
    PEOPLE,
    PRESENT,
    SEAT,
    SIZE,
    VALUES,
    ZONE,
    ZONES,
)

HEAT = 1024
"""Heat and luck count in so many parts of a cost."""


@scalar_kernel
def zone_change(cells: Ints, pod: int, gone: int, come: int) -> int:
    """Return what it costs *pod* that someone of zone *gone* leaves and someone of zone *come* arrives.

    `NOTHING` is a zone that clashes with none. Two zones count once, however many people live there.
    """
    zones = cells[ZONES]
    row = pod * zones
    cost = 0
    leaves = gone >= 0 and gone != come and cells[cells[PRESENT] + row + gone] == 1
    if leaves:
        cost -= cells[cells[CLASHING] + row + gone] + cells[cells[CLASH] + gone * zones + gone]
    if come >= 0 and gone != come and cells[cells[PRESENT] + row + come] == 0:
        cost += cells[cells[CLASHING] + row + come] + cells[cells[CLASH] + come * zones + come]
        if leaves:
            cost -= cells[cells[CLASH] + gone * zones + come]
    return cost


@scalar_kernel
def _unlike(cells: Ints, pod: int, leaver: int, comer: int) -> int:
    """Return by how much the members unlike the most common value change, weighted, over columns of `same`."""
    columns = cells[ALIKES]
    cost = 0
    for column in range(columns):
        out, into = cells[cells[ALIKE] + leaver * columns + column], cells[cells[ALIKE] + comer * columns + column]
        if out == into:
            continue
        known, top, top_after = 0, 0, 0
        at = cells[cells[HEAD] + pod]
        while at < cells[PEOPLE]:
            value = cells[cells[ALIKE] + at * columns + column]
            if value >= 0:
                count = cells[cells[COUNTS] + pod * cells[VALUES] + value]
                known += 1
                top = max(top, count)
                top_after = max(top_after, count - int(value == out) + int(value == into))
            at = cells[cells[AFTER] + at]
        after = known - int(out >= 0) + int(into >= 0)
        if into >= 0:
            top_after = max(top_after, cells[cells[COUNTS] + pod * cells[VALUES] + into] + 1)
        cost += cells[cells[ALIKE_COSTS] + column] * ((after - top_after) - (known - top))
    return cost


@scalar_kernel
def _distances(cells: Ints, pod: int, leaver: int, comer: int) -> int:
    """Return by how much the distances between members change, weighted, over columns of `similar`."""
    columns = cells[ORDERS]
    cost = 0
    for column in range(columns):
        out, into = cells[cells[ORDERED] + leaver * columns + column], cells[cells[ORDERED] + comer * columns + column]
        if out == into:
            continue
        steps = 0
        at = cells[cells[HEAD] + pod]
        while at < cells[PEOPLE]:
            place = cells[cells[ORDERED] + at * columns + column]
            if place >= 0 and at != leaver:
                if out >= 0:
                    steps -= abs(place - out)
                if into >= 0:
                    steps += abs(place - into)
            at = cells[cells[AFTER] + at]
        cost += cells[cells[ORDER_COSTS] + column] * steps
    return cost


@scalar_kernel
def replacement(cells: Ints, pod: int, leaver: int, comer: int) -> int:
    """Return what it costs *pod* that *comer* takes the place of *leaver*; either may be nobody. Bonds, size aside."""
    columns = cells[MIXES]
    row = pod * cells[VALUES]
    cost = 0
    for column in range(columns):
        out, into = cells[cells[MIXED] + leaver * columns + column], cells[cells[MIXED] + comer * columns + column]
        if out != into:
            shared = 0
            if out >= 0:
                shared = 1 - cells[cells[COUNTS] + row + out]
            if into >= 0:
                shared += cells[cells[COUNTS] + row + into]
            cost += cells[cells[MIX_COSTS] + column] * shared
    if cells[ZONES] > 0:
        cost += zone_change(cells, pod, cells[cells[ZONE] + leaver], cells[cells[ZONE] + comer])
    if cells[ALIKES] > 0:
        cost += _unlike(cells, pod, leaver, comer)
    if cells[ORDERS] > 0:
        cost += _distances(cells, pod, leaver, comer)
    return cost


@scalar_kernel
def bond_change(cells: Ints, person: int, pod: int, partner: int) -> int:
    """Return what the pairs of *person* cost when they come to *pod* and *partner* takes their place, or nobody."""
    here = cells[cells[SEAT] + person]
    cost = 0
    for at in range(cells[cells[BOND_FIRST] + person], cells[cells[BOND_FIRST] + person + 1]):
        other = cells[cells[BOND_OTHER] + at]
        if other != partner:
            where = cells[cells[SEAT] + other]
            if where == here:
                cost -= cells[cells[BOND_COSTS] + at]
            elif where == pod:
                cost += cells[cells[BOND_COSTS] + at]
    return cost


@scalar_kernel
def size_cost(cells: Ints, pod: int, size: int) -> int:
    """Return what *pod* costs for having *size* members."""
    return cells[cells[BULK] + size] + cells[BREACH] * (
        max(size - cells[cells[MOST] + pod], 0) + max(cells[cells[LEAST] + pod] - size, 0)
    )


@scalar_kernel
def swap_cost(cells: Ints, one: int, other: int) -> int:
    """Return what it costs that two people of different pods change places."""
    here, there = cells[cells[SEAT] + one], cells[cells[SEAT] + other]
    return (
        replacement(cells, here, one, other)
        + replacement(cells, there, other, one)
        + bond_change(cells, one, there, other)
        + bond_change(cells, other, here, one)
    )


@scalar_kernel
def move_cost(cells: Ints, person: int, pod: int) -> int:
    """Return what it costs that *person* moves to another *pod*."""
    here = cells[cells[SEAT] + person]
    nobody = cells[PEOPLE]
    small, large = cells[cells[SIZE] + here], cells[cells[SIZE] + pod]
    return (
        replacement(cells, here, person, nobody)
        + replacement(cells, pod, nobody, person)
        + bond_change(cells, person, pod, nobody)
        + size_cost(cells, here, small - 1)
        - size_cost(cells, here, small)
        + size_cost(cells, pod, large + 1)
        - size_cost(cells, pod, large)
    )


@scalar_kernel
def count_zone(cells: Ints, pod: int, zone: int, change: int) -> None:
    """Count someone of *zone* in (1) or out (-1) of *pod*."""
    if zone < 0:
        return
    zones = cells[ZONES]
    row = pod * zones
    cells[cells[PRESENT] + row + zone] += change
    now = cells[cells[PRESENT] + row + zone]
    if now == 0 or (now == 1 and change == 1):
        for other in range(zones):
            if other != zone:
                cells[cells[CLASHING] + row + other] += change * cells[cells[CLASH] + zone * zones + other]


@scalar_kernel
def leave(cells: Ints, person: int) -> None:
    """Take *person* out of their pod."""
    pod = cells[cells[SEAT] + person]
    for column in range(cells[MIXES]):
        value = cells[cells[MIXED] + person * cells[MIXES] + column]
        if value >= 0:
            cells[cells[COUNTS] + pod * cells[VALUES] + value] -= 1
    for column in range(cells[ALIKES]):
        value = cells[cells[ALIKE] + person * cells[ALIKES] + column]
        if value >= 0:
            cells[cells[COUNTS] + pod * cells[VALUES] + value] -= 1
    count_zone(cells, pod, cells[cells[ZONE] + person], -1)
    before, after = cells[cells[BEFORE] + person], cells[cells[AFTER] + person]
    if before < cells[PEOPLE]:
        cells[cells[AFTER] + before] = after
    else:
        cells[cells[HEAD] + pod] = after
    if after < cells[PEOPLE]:
        cells[cells[BEFORE] + after] = before
    cells[cells[SIZE] + pod] -= 1
    cells[cells[SEAT] + person] = -1


@scalar_kernel
def join(cells: Ints, person: int, pod: int) -> None:
    """Seat *person*, who sits nowhere, in *pod*."""
    for column in range(cells[MIXES]):
        value = cells[cells[MIXED] + person * cells[MIXES] + column]
        if value >= 0:
            cells[cells[COUNTS] + pod * cells[VALUES] + value] += 1
    for column in range(cells[ALIKES]):
        value = cells[cells[ALIKE] + person * cells[ALIKES] + column]
        if value >= 0:
            cells[cells[COUNTS] + pod * cells[VALUES] + value] += 1
    count_zone(cells, pod, cells[cells[ZONE] + person], 1)
    first = cells[cells[HEAD] + pod]
    cells[cells[BEFORE] + person], cells[cells[AFTER] + person] = cells[PEOPLE], first
    if first < cells[PEOPLE]:
        cells[cells[BEFORE] + first] = person
    cells[cells[HEAD] + pod] = person
    cells[cells[SIZE] + pod] += 1
    cells[cells[SEAT] + person] = pod


@scalar_kernel
def move(cells: Ints, person: int, pod: int) -> None:
    """Move *person* to *pod*."""
    leave(cells, person)
    join(cells, person, pod)


@scalar_kernel
def swap(cells: Ints, one: int, other: int) -> None:
    """Let two people change places."""
    here, there = cells[cells[SEAT] + one], cells[cells[SEAT] + other]
    leave(cells, one)
    leave(cells, other)
    join(cells, one, there)
    join(cells, other, here)


@scalar_kernel
def note(cells: Ints, notes: Ints, cost: int) -> None:
    """Add *cost* to the breaches and the flexible cost of *notes*."""
    breaches = (cost + cells[BREACH] // 2) // cells[BREACH]
    notes[BREACHES] += breaches
    notes[COST] += cost - breaches * cells[BREACH]


@scalar_kernel
def draw_limit(notes: Ints, heat: int) -> int:
    """Return the most that the next change may cost, for *heat* in 1024ths of a cost."""
    return (heat * notes[LUCK + chance(notes, DRAWS)]) // (HEAT * HEAT) if heat > 0 else 0
