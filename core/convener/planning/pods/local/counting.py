"""Kernels that seat a whole division and count what it costs."""

from convener.planning.kernel import Ints, scalar_kernel
from convener.planning.pods.local.board import (
    BOND_COSTS,
    BOND_FIRST,
    BOND_OTHER,
    BREACHES,
    CARRIERS,
    COACHED,
    FRAMES,
    LIKING,
    PEOPLE,
    SIZE,
    UNTIED,
)
from convener.planning.pods.local.coaching import change_cost, change_preference, preference, take
from convener.planning.pods.local.deltas import join, note, replacement, size_cost


@scalar_kernel
def seat_people(cells: Ints, seats: Ints, notes: Ints) -> None:
    """Seat everyone where *seats* says, in an empty seating; add what that costs to *notes*."""
    note(cells, notes, cells[UNTIED])
    for person in range(cells[PEOPLE]):
        pod = seats[person]
        note(cells, notes, replacement(cells, pod, cells[PEOPLE], person))
        join(cells, person, pod)
        for at in range(cells[cells[BOND_FIRST] + person], cells[cells[BOND_FIRST] + person + 1]):
            other = cells[cells[BOND_OTHER] + at]
            if other < person and seats[other] == pod:
                note(cells, notes, cells[cells[BOND_COSTS] + at])
    for pod in range(cells[FRAMES]):
        note(cells, notes, size_cost(cells, pod, cells[cells[SIZE] + pod]))


@scalar_kernel
def seat_coaches(cells: Ints, coaches: Ints, notes: Ints) -> None:
    """Give every pod the coach that *coaches* says, in a board without; add the cost, also of pods left without."""
    for carrier in range(cells[CARRIERS]):
        notes[LIKING] += preference(cells, carrier, 0)
    if cells[COACHED] > 0:
        notes[BREACHES] += cells[FRAMES]
    for pod in range(cells[FRAMES]):
        if coaches[pod] >= 0:
            note(cells, notes, change_cost(cells, pod, coaches[pod]))
            notes[LIKING] += change_preference(cells, pod, coaches[pod])
            take(cells, pod, coaches[pod])
