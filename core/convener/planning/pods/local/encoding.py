"""From the question to the board."""

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

from convener.planning.hours import distance_hours
from convener.planning.kernel import Ints, ints, keep_compiled
from convener.planning.pods.carriers import lacks
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
    BULK,
    CARRIERS,
    CARRIES,
    CLASH,
    CLASHING,
    COACH,
    COACH_COST,
    COACH_ZONE,
    COACHED,
    COUNTS,
    DISTANCE,
    FRAMES,
    HEAD,
    HEADER,
    KIN,
    LEAST,
    LIMIT,
    LIMIT_COSTS,
    LIMITS,
    LOAD,
    MIX_COSTS,
    MIXED,
    MIXES,
    MOST,
    NOTHING,
    ORDER_COSTS,
    ORDERED,
    ORDERS,
    PEOPLE,
    PRESENT,
    ROOM,
    SEAT,
    SIZE,
    UNTIED,
    VALUES,
    ZONE,
    ZONES,
)
from convener.planning.pods.question import PodQuestion, apart_pairs, minutes_of, together_pairs, zone_clashes
from convener.planning.pods.sizes import Frame
from convener.rulesets.kinds import (
    Apart,
    CoachAccredited,
    CoachLoad,
    Mix,
    PodSize,
    Same,
    Similar,
    TimezoneOverlap,
    Together,
)
from convener.rulesets.ruleset import Rule

HOUR_APART = 10
"""Preference: what an hour between a coach's zone and the programme's costs; a coach's pods cost their square."""


class _Cells:
    """Gathers the arrays of a board one behind the other, after its header."""

    def __init__(self) -> None:
        self.values = [0] * HEADER

    def add(self, values: Sequence[int]) -> int:
        """Append *values*; return where they begin."""
        self.values += values
        return len(self.values) - len(values)

    def rows(self, columns: Sequence[Sequence[int]], people: int) -> int:
        """Append the values of every person in turn, and nothing for nobody."""
        held = [column[person] for person in range(people) for column in columns]
        return self.add(held + [NOTHING] * len(columns))


def encode(question: PodQuestion, frames: Sequence[Frame]) -> Ints:
    """Return the cells of a board for *question* with *frames*, on which nobody sits yet.

    Frames of one group have the same people, and everyone belongs to one group.
    """
    keep_compiled()
    breach = _breach(question, frames)
    cells = _Cells()
    header = {PEOPLE: len(question.people), FRAMES: len(frames), BREACH: breach}
    for lay in (_lay_values, _lay_orders, _lay_zones, _lay_bonds, _lay_kin, _lay_coaches):
        header |= lay(question, breach, cells)
    header |= _lay_sizes(question, frames, cells)
    header |= _lay_seats(header, cells)
    cells.values[:HEADER] = [header[at] for at in range(HEADER)]
    return ints(cells.values)


def _breach(question: PodQuestion, frames: Sequence[Frame]) -> int:
    """Return a power of two beyond what two people who change places can gain from flexible rules."""
    weight = sum(
        rule.weight * len(rule.terms.by if isinstance(rule.terms, Same | Mix | Similar) else "1")
        for rule in question.ruleset.rules.values()
        if not rule.inflexible
    )
    largest = max((frame.most for frame in frames), default=1)
    reach = len(question.people) + len(question.carriers) + 1
    return int(1 << (16 * max(weight, 1) * largest * reach).bit_length())


def _cost(rule: Rule, breach: int) -> int:
    return breach if rule.inflexible else rule.weight


def _lay_values(question: PodQuestion, breach: int, cells: _Cells) -> dict[int, int]:
    """Give values their numbers; one that a single person holds is never shared, so `mix` does not count it."""
    mixed: list[list[int]] = []
    alike: list[list[int]] = []
    costs: tuple[list[int], list[int]] = ([], [])
    values = 0
    for rule in question.ruleset.rules.values():
        terms = rule.terms
        if not isinstance(terms, Same | Mix) or (isinstance(terms, Same) and rule.inflexible):
            continue  # an inflexible `same` makes the groups
        fewest = 2 if isinstance(terms, Mix) else 1
        for column in terms.by:
            held = [question.value(person, column) for person in question.people]
            counted = Counter(value for value in held if value)
            number = {value: values + at for at, value in enumerate(v for v in sorted(counted) if counted[v] >= fewest)}
            values += len(number)
            (mixed if isinstance(terms, Mix) else alike).append([number.get(value, NOTHING) for value in held])
            costs[isinstance(terms, Same)].append(_cost(rule, breach))
    people = len(question.people)
    return {
        VALUES: values,
        MIXES: len(mixed),
        MIXED: cells.rows(mixed, people),
        MIX_COSTS: cells.add(costs[0]),
        ALIKES: len(alike),
        ALIKE: cells.rows(alike, people),
        ALIKE_COSTS: cells.add(costs[1]),
    }


def _lay_orders(question: PodQuestion, breach: int, cells: _Cells) -> dict[int, int]:
    rows: list[list[int]] = []
    costs: list[int] = []
    for rule, terms in question.ruleset.rules_of(Similar):
        for column in terms.by:
            order = question.order(column)
            rows.append([order.get(question.value(person, column), NOTHING) for person in question.people])
            costs.append(_cost(rule, breach))
    return {
        ORDERS: len(rows),
        ORDERED: cells.rows(rows, len(question.people)),
        ORDER_COSTS: cells.add(costs),
    }


def _lay_zones(question: PodQuestion, breach: int, cells: _Cells) -> dict[int, int]:
    costs: Counter[tuple[str, str]] = Counter()
    for rule, terms in question.ruleset.rules_of(TimezoneOverlap):
        for pair in zone_clashes(question, minutes_of(terms)):
            costs[pair] += _cost(rule, breach)
    zones = sorted({zone for pair in costs for zone in pair})
    number = {zone: at for at, zone in enumerate(zones)}
    clash = [0] * len(zones) ** 2
    for (one, other), cost in costs.items():
        clash[number[one] * len(zones) + number[other]] = cost
        clash[number[other] * len(zones) + number[one]] = cost
    return {
        ZONES: len(zones),
        ZONE: cells.add([*(number.get(question.zone(person), NOTHING) for person in question.people), NOTHING]),
        COACH_ZONE: cells.add([*(number.get(carrier.zone, NOTHING) for carrier in question.carriers), NOTHING]),
        CLASH: cells.add(clash),
    }


def _lay_bonds(question: PodQuestion, breach: int, cells: _Cells) -> dict[int, int]:
    place = {person: at for at, person in enumerate(question.people)}
    bonds: list[Counter[int]] = [Counter() for _ in place]
    untied = 0
    for rule in question.ruleset.rules.values():
        cost, terms = _cost(rule, breach), rule.terms
        if not isinstance(terms, Apart | Together):
            continue
        pairs = apart_pairs(question, terms) if isinstance(terms, Apart) else together_pairs(question, terms)
        if isinstance(terms, Together):
            untied += cost * len(pairs)
            cost = -cost
        for one, other in pairs:
            bonds[place[one]][place[other]] += cost
            bonds[place[other]][place[one]] += cost
    return {
        BOND_FIRST: cells.add(list(accumulate((len(mine) for mine in bonds), initial=0))),
        BOND_OTHER: cells.add([other for mine in bonds for other in sorted(mine)]),
        BOND_COSTS: cells.add([mine[other] for mine in bonds for other in sorted(mine)]),
        UNTIED: untied,
    }


def _lay_kin(question: PodQuestion, breach: int, cells: _Cells) -> dict[int, int]:
    """Join the rings of those whom inflexible rules keep together."""
    place = {person: at for at, person in enumerate(question.people)}
    ring = list(range(len(place) + 1))
    head = list(ring)
    pairs = [
        p
        for rule, terms in question.ruleset.rules_of(Together)
        if rule.inflexible
        for p in together_pairs(question, terms)
    ]
    for one, other in pairs:
        mine, theirs = place[one], place[other]
        if head[mine] == head[theirs]:
            continue
        ring[mine], ring[theirs] = ring[theirs], ring[mine]
        at = ring[mine]
        while at != mine:
            head[at] = head[mine]
            at = ring[at]
    return {KIN: cells.add(ring)}


def _lay_sizes(question: PodQuestion, frames: Sequence[Frame], cells: _Cells) -> dict[int, int]:
    rules = [(rule.weight, terms) for rule, terms in question.ruleset.rules_of(PodSize) if not rule.inflexible]
    bulk = [
        sum(weight * max(size - terms.max, terms.min - size, 0) for weight, terms in rules)
        for size in range(len(question.people) + 1)
    ]
    return {
        LEAST: cells.add([frame.least for frame in frames]),
        MOST: cells.add([frame.most for frame in frames]),
        BULK: cells.add(bulk),
    }


def _lay_coaches(question: PodQuestion, breach: int, cells: _Cells) -> dict[int, int]:
    carriers = question.carriers if question.coached else ()
    flexible = [
        (rule.weight, terms) for rule, terms in question.ruleset.rules_of(CoachAccredited) if not rule.inflexible
    ]
    limits = [
        (terms.max_pods, rule.weight)
        for rule, terms in question.ruleset.rules_of(CoachLoad)
        if not rule.inflexible and terms.max_pods is not None
    ]
    home, day = question.ruleset.zone, question.ruleset.starts
    hours = {zone: distance_hours(zone, home, day) for zone in sorted({carrier.zone for carrier in carriers})}
    return {
        CARRIERS: len(carriers),
        COACHED: int(question.coached),
        COACH_COST: cells.add([sum(weight for weight, t in flexible if lacks(c, t)) for c in carriers]),
        ROOM: cells.add([NOTHING if carrier.room is None else carrier.room for carrier in carriers]),
        CARRIES: cells.add([carrier.carries for carrier in carriers]),
        DISTANCE: cells.add([HOUR_APART * hours[carrier.zone] for carrier in carriers]),
        LIMITS: len(limits),
        LIMIT: cells.add([most for most, _ in limits]),
        LIMIT_COSTS: cells.add([weight for _, weight in limits]),
    }


def _lay_seats(sizes: dict[int, int], cells: _Cells) -> dict[int, int]:
    """Leave room for who sits where, and what is counted of it: nobody yet."""
    people, frames = sizes[PEOPLE], sizes[FRAMES]
    return {
        SEAT: cells.add([NOTHING] * people),
        SIZE: cells.add([0] * frames),
        COUNTS: cells.add([0] * (frames * sizes[VALUES])),
        PRESENT: cells.add([0] * (frames * sizes[ZONES])),
        CLASHING: cells.add([0] * (frames * sizes[ZONES])),
        HEAD: cells.add([people] * frames),
        AFTER: cells.add([people] * people),
        BEFORE: cells.add([people] * people),
        COACH: cells.add([NOTHING] * frames),
        LOAD: cells.add([0] * sizes[CARRIERS]),
    }
