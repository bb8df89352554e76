"""The exact question as constraints over sorts of people, each thing a rule says of somebody switched by a literal.

People whom no rule tells apart are counted, not named: the model has a number for each sort and pod. Pods may stay
empty, and as many are allowed as sizes and coaches can bear.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from convener.planning.effort import Effort
from convener.planning.pods.conflicts.smallest import fewer
from convener.planning.pods.costs import Seated
from convener.planning.pods.feasibility.blocks import blocks
from convener.planning.pods.feasibility.crowd import Crowd
from convener.planning.search import Found, Term, run, total

LARGEST = 40_000
"""Numbers of people by sort and pod that a model may have; larger questions are left undecided."""
STEPS = 20_000_000
"""Steps that one model is worth."""


@dataclass(frozen=True, slots=True, order=True)
class Atom:
    """One thing that a rule says: of a pair of people, or of everyone of one sort."""

    words: str
    people: tuple[str, ...]


@dataclass(slots=True)
class Model:
    """Numbers of people by sort and pod, and the literal of each atom."""

    crowd: Crowd
    sorts: list[tuple[str, ...]]
    homes: list[list[int]]
    """Pods in which each sort may sit."""
    pods: int
    model: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    seats: dict[tuple[int, int], cp_model.IntVar] = field(default_factory=dict[tuple[int, int], cp_model.IntVar])
    used: list[cp_model.IntVar] = field(default_factory=list[cp_model.IntVar])
    takes: list[list[cp_model.IntVar]] = field(default_factory=list[list[cp_model.IntVar]])
    """For each coach whether they take each pod."""
    literals: dict[Atom, cp_model.IntVar] = field(default_factory=dict[Atom, cp_model.IntVar])

    def literal(self, words: str, people: Sequence[str]) -> cp_model.IntVar:
        """Return the literal of what is said of *people*."""
        atom = Atom(words, tuple(people))
        if atom not in self.literals:
            self.literals[atom] = self.model.new_bool_var("")
        return self.literals[atom]

    def seat(self, sort: int, pod: int) -> Term:
        """Return how many of *sort* sit in *pod*."""
        return self.seats.get((sort, pod), 0)


def decide(crowd: Crowd, effort: Effort) -> list[Seated] | Found:
    """Return pods that keep every inflexible rule, `NONE` when there are none, `UNKNOWN` when that stays open."""
    built = _build(crowd, split=True) if effort.left(STEPS) else None
    if built is None:
        return Found.UNKNOWN
    for literal in built.literals.values():
        built.model.add(literal == 1)
    outcome = run(built.model, effort, min(STEPS, effort.left(STEPS)))
    return _seated(built, outcome.solver) if outcome.ok else outcome.found


def _seated(built: Model, solver: cp_model.CpSolver) -> list[Seated]:
    waiting = [list(people) for people in built.sorts]
    found: list[Seated] = []
    for pod in range(built.pods):
        members: list[str] = []
        for sort, people in enumerate(waiting):
            count = solver.value(built.seat(sort, pod))
            members += people[:count]
            del people[:count]
        coaches = zip(built.crowd.question.carriers, built.takes, strict=False)
        coach = next((carrier.id for carrier, takes in coaches if solver.boolean_value(takes[pod])), None)
        if members:
            found.append(Seated(f"{pod}", tuple(sorted(members)), coach))
    return found


def core(crowd: Crowd, effort: Effort) -> tuple[Atom, ...] | None:
    """Return an irreducible set of atoms that cannot all hold, None when it is not found.

    The literals are assumptions of the solver, whose final conflict names those it used; the rest are left out.
    """
    built = _build(crowd, split=False)
    if built is None:
        return None
    atoms = sorted(built.literals)

    def impossible(chosen: Sequence[Atom]) -> list[Atom] | None:
        built.model.clear_assumptions()
        built.model.add_assumptions([built.literals[atom] for atom in chosen])
        outcome = run(built.model, effort, min(STEPS, effort.left(STEPS)))
        if outcome.found is not Found.NONE:
            return None
        by_index = {built.literals[atom].index: atom for atom in chosen}
        return [by_index[at] for at in outcome.solver.sufficient_assumptions_for_infeasibility()]

    found = impossible(atoms)
    return None if found is None else tuple(fewer(sorted(found), lambda chosen: impossible(chosen) is not None))


def _build(crowd: Crowd, *, split: bool) -> Model | None:
    """Lay out the question; with *split* people of other blocks share no pods, which the literals say again."""
    question = crowd.question
    rooms = [carrier.room for carrier in question.carriers]
    limit = len(question.people) if None in rooms or not question.coached else sum(each or 0 for each in rooms)
    parts = blocks(crowd) if split else []
    spans: list[tuple[frozenset[str], range]] = []
    first = 0
    for people, most in [(b.people, b.most) for b in parts] or [(question.people, len(question.people) // crowd.least)]:
        count = min(most, limit)
        spans.append((frozenset(people), range(first, first + count)))
        first += count
    sorts = _sorts(crowd)
    homes = [next(list(span) for people, span in spans if sort[0] in people) for sort in sorts]
    if sum(len(home) for home in homes) > LARGEST:
        return None
    built = Model(crowd, sorts, homes, first)
    _seats(built)
    for _, span in spans:
        for pod in span[1:]:
            built.model.add_implication(built.used[pod], built.used[pod - 1])
    _ties(built)
    _marks(built)
    _coaches(built)
    _zones(built)
    return built


def _sorts(crowd: Crowd) -> list[tuple[str, ...]]:
    """Return people whom no rule tells apart; whoever a pair names is alone."""
    found: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for person in crowd.question.people:
        marks = [values.get(person) for values in (*crowd.alike.values(), *crowd.unlike.values())]
        named = person if person in crowd.friends or person in crowd.rivals else ""
        found[(named, crowd.zones[person], *marks)].append(person)
    return sorted(tuple(people) for people in found.values())


def _seats(built: Model) -> None:
    crowd = built.crowd
    inside: dict[int, list[cp_model.IntVar]] = defaultdict(list)
    for sort, people in enumerate(built.sorts):
        for pod in built.homes[sort]:
            built.seats[sort, pod] = built.model.new_int_var(0, min(len(people), crowd.most), "")
            inside[pod].append(built.seats[sort, pod])
        built.model.add(total([built.seats[sort, pod] for pod in built.homes[sort]]) == len(people))
    for pod in range(built.pods):
        used = built.model.new_bool_var("")
        built.used.append(used)
        built.model.add(total(inside[pod]) >= max(crowd.least, 1) * used)
        built.model.add(total(inside[pod]) <= crowd.most * used)


def _ties(built: Model) -> None:
    crowd = built.crowd
    place = {people[0]: at for at, people in enumerate(built.sorts)}
    for pairs, verb in ((crowd.friends, "must be together"), (crowd.rivals, "must be apart")):
        for one, others in sorted(pairs.items()):
            for other, rule in sorted(others.items()):
                if one < other:
                    words = f"{crowd.name(one)} and {crowd.name(other)} {verb} (rule {rule})"
                    literal = built.literal(words, (one, other))
                    for pod in sorted({*built.homes[place[one]], *built.homes[place[other]]}):
                        mine, theirs = built.seat(place[one], pod), built.seat(place[other], pod)
                        if pairs is crowd.friends:
                            built.model.add(mine == theirs).only_enforce_if(literal)
                        else:
                            built.model.add(mine + theirs <= 1).only_enforce_if(literal)


def _marks(built: Model) -> None:
    crowd = built.crowd
    for (rule, column), values in crowd.alike.items():
        held = _held(built, values)
        present = {v: [built.model.new_bool_var("") for _ in range(built.pods)] for v in held}
        for pod in range(built.pods):
            built.model.add_at_most_one(present[value][pod] for value in held)
        for value, sorts in held.items():
            people = tuple(person for sort in sorts for person in built.sorts[sort])
            words = f"{crowd.listed(people)} may sit with {column} {value or 'none'} only (rule {rule})"
            _mark(built, sorts, present[value], built.literal(words, people))
    for (rule, column), values in crowd.unlike.items():
        for value, sorts in _held(built, values).items():
            people = tuple(person for sort in sorts for person in built.sorts[sort])
            words = f"{crowd.listed(people)} have {column} {value} and must all be apart (rule {rule})"
            literal = built.literal(words, people) if len(people) > 1 else None
            for pod in range(built.pods) if literal is not None else ():
                built.model.add(total([built.seat(sort, pod) for sort in sorts]) <= 1).only_enforce_if(literal)


def _held(built: Model, values: Mapping[str, str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for sort, people in enumerate(built.sorts):
        if people[0] in values:
            found[values[people[0]]].append(sort)
    return dict(sorted(found.items()))


def _mark(built: Model, sorts: Sequence[int], present: Sequence[cp_model.IntVar], literal: cp_model.IntVar) -> None:
    """Say that a pod in which anybody of *sorts* sits is marked."""
    for sort in sorts:
        for pod in built.homes[sort]:
            seat, most = built.seats[sort, pod], len(built.sorts[sort])
            built.model.add(seat <= most * present[pod]).only_enforce_if(literal)


def _coaches(built: Model) -> None:
    question = built.crowd.question
    if not question.coached:
        return
    built.takes = [[built.model.new_bool_var("") for _ in range(built.pods)] for _ in question.carriers]
    for pod, used in enumerate(built.used):
        built.model.add(total([mine[pod] for mine in built.takes]) == used)
    for carrier, mine in zip(question.carriers, built.takes, strict=True):
        if carrier.room is not None:
            built.model.add(total(mine) <= carrier.room)


def _zones(built: Model) -> None:
    crowd = built.crowd
    if not crowd.clashes:
        return
    torn = sorted({zone for pair in crowd.clashes for zone in pair})
    present = {zone: [built.model.new_bool_var("") for _ in range(built.pods)] for zone in torn}
    for one, other in crowd.clashes:
        for pod in range(built.pods):
            built.model.add(present[one][pod] + present[other][pod] <= 1)
    rules = ", ".join(sorted(set(crowd.clashes.values())))
    for zone, sorts in _held(built, {person: zone for person, zone in crowd.zones.items() if zone}).items():
        people = tuple(person for sort in sorts for person in built.sorts[sort])
        literal = built.literal(f"{crowd.listed(people)} work in {zone} (rule {rules})", people)
        _mark(built, sorts, present[zone], literal)
    for carrier, mine in zip(crowd.question.carriers, built.takes, strict=False):
        zone = crowd.coaching_zone(carrier)
        if zone:
            for pod, take in enumerate(mine):
                built.model.add_implication(take, present[zone][pod])
