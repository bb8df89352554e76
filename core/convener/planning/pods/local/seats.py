"""Where everyone sits at first, and from a division to seats and back."""

import math
from collections.abc import Sequence
from datetime import datetime, time
from zoneinfo import ZoneInfo

from convener.planning.kernel import Ints, ints
from convener.planning.pods.division import Division
from convener.planning.pods.local.board import COACH, DRAWS, FRAMES, KIN, NOTHING, PEOPLE, SEAT
from convener.planning.pods.local.counting import seat_coaches, seat_people
from convener.planning.pods.question import PodQuestion
from convener.planning.pods.sizes import Frame

Seats = tuple[list[int], list[int]]
"""Frame of each person, carrier of each frame."""


def first_seats(question: PodQuestion, frames: Sequence[Frame], start: Division | None, cells: Ints) -> Seats:
    """Return where *start* seats everyone, and a place for whoever it does not seat.

    People go into the first pod with room in the order of their zones, so that neighbours on the map sit together;
    those who belong together go at once.
    """
    place = {person: at for at, person in enumerate(question.people)}
    carrier = {each.id: at for at, each in enumerate(question.carriers)}
    seats = [NOTHING] * len(place)
    for at, members in enumerate(start.members if start else ()):
        welcome = frozenset(frames[at].people)
        for person in members:
            if person in welcome:
                seats[place[person]] = at
    coaches = [carrier.get(coach or "", NOTHING) for coach in start.coaches] if start else [NOTHING] * len(frames)
    zones = {question.zone(person) for person in question.people}
    ahead = {zone: _ahead(question, zone) for zone in zones}
    for group in sorted({frame.group for frame in frames}):
        mine = [at for at, frame in enumerate(frames) if frame.group == group]
        people = frames[mine[0]].people
        room = _room(frames, mine, seats, len(people))
        waiting = sorted((ahead[question.zone(p)], place[p]) for p in people if seats[place[p]] < 0)
        _fill(mine, room, seats, [_knot(cells, at, seats) for _, at in waiting])
    return seats, coaches


def _fill(mine: list[int], room: list[int], seats: list[int], knots: list[list[int]]) -> None:
    front = 0
    for knot in knots:
        if seats[knot[0]] >= 0:
            continue
        while front < len(mine) - 1 and room[front] <= 0:
            front += 1
        fits = next((at for at in range(front, len(mine)) if room[at] >= len(knot)), None)
        for person in knot if fits is not None else knot[:1]:
            seats[person] = mine[front if fits is None else fits]
            room[front if fits is None else fits] -= 1


def _room(frames: Sequence[Frame], mine: list[int], seats: list[int], people: int) -> list[int]:
    """Return how many more each frame takes: all reach their least size, then sizes stay even."""
    place = {at: number for number, at in enumerate(mine)}
    before = [0] * len(mine)
    for at in seats:
        if at in place:
            before[place[at]] += 1
    sizes, waiting = list(before), people - sum(before)
    for limit in ([frames[at].least for at in mine], [frames[at].most for at in mine], [people] * len(mine)):
        while waiting > 0 and any(size < most for size, most in zip(sizes, limit, strict=True)):
            low = min(size for size, most in zip(sizes, limit, strict=True) if size < most)
            smallest = [at for at, size in enumerate(sizes) if size == low < limit[at]][:waiting]
            for at in smallest:
                sizes[at] += 1
            waiting -= len(smallest)
    return [after - size for after, size in zip(sizes, before, strict=True)]


def _knot(cells: Ints, person: int, seats: list[int]) -> list[int]:
    """Return *person* with all who must sit with them and have no seat either."""
    found, at = [person], cells[cells[KIN] + person]
    while at != person:
        found += [at] if seats[at] < 0 else []
        at = cells[cells[KIN] + at]
    return found


def _ahead(question: PodQuestion, zone: str) -> float:
    """Return by how many seconds the clocks of *zone* are ahead of UTC when the programme starts."""
    ahead = datetime.combine(question.ruleset.starts, time(12), ZoneInfo(zone)).utcoffset()
    return ahead.total_seconds() if ahead else 0.0


def new_notes(cells: Ints, chances: int) -> Ints:
    """Return notes of a search on which chance starts from *chances*."""
    luck = [round(-1024 * math.log((at + 0.5) / DRAWS)) for at in range(DRAWS)]
    return ints([chances, 0, 0, 0, *luck, *([0] * cells[PEOPLE])])


def seat(cells: Ints, notes: Ints, seats: Seats) -> None:
    """Seat everyone and coaches as told on an empty board; note what it costs."""
    seat_people(cells, ints(seats[0]), notes)
    seat_coaches(cells, ints(seats[1]), notes)


def seats_of(cells: Ints) -> Seats:
    """Return who sits where on the board now."""
    seats, coaches = (
        cells[cells[SEAT] : cells[SEAT] + cells[PEOPLE]],
        cells[cells[COACH] : cells[COACH] + cells[FRAMES]],
    )
    return [int(at) for at in seats], [int(carrier) for carrier in coaches]


def division_of(question: PodQuestion, seats: Seats) -> Division:
    """Return *seats* as a division."""
    members: list[list[str]] = [[] for _ in seats[1]]
    for person, at in zip(question.people, seats[0], strict=True):
        members[at].append(person)
    coaches = [question.carriers[each].id if each >= 0 else None for each in seats[1]]
    return Division(tuple(tuple(each) for each in members), tuple(coaches))
