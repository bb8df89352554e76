"""Finding who sits with whom: first the even split, else the nearest sizes that work; then the best coaches."""

from dataclasses import dataclass, replace

from convener.planning.hours import distance_hours
from convener.planning.pods.kinds import apply_rules
from convener.planning.pods.local import anneal
from convener.planning.pods.question import PodQuestion
from convener.planning.pods.sheet import Sheet, lay_out
from convener.planning.pods.sizes import Frame, even_frames, limits, loose_frames
from convener.planning.search import Found, Outcome, Search, Term, run, total

RULES_FIRST = 10_000
"""What a unit of rule cost weighs against preferences among coaches."""
QUICK = 1.0
"""Seconds in which small questions are proved best; larger ones start from an annealed division."""
HOUR_APART = 10
"""Preference: what an hour between a coach's zone and the programme's costs; a coach's pods cost their square."""


@dataclass(frozen=True, slots=True)
class Division:
    """Who sits where, by frame, and each frame's coach."""

    members: tuple[tuple[str, ...], ...]
    coaches: tuple[str | None, ...]
    bound: int


def divide(question: PodQuestion, search: Search) -> Division | Found:
    """Return the best division found, `NONE` when there is provably none, `UNKNOWN` when none was found in time."""
    if not question.people:
        return Division((), (), 0)
    frames = even_frames(question)
    if frames is not None:
        solved = _solve(question, frames, search)
        if isinstance(solved, Division) or solved is Found.UNKNOWN:
            return solved
    sized = _nearest_sizes(question, search)
    return sized if isinstance(sized, Found) else _solve(question, sized, search)


def _nearest_sizes(question: PodQuestion, search: Search) -> list[Frame] | Found:
    """Return frames of the sizes nearest to the target for which every inflexible rule can hold."""
    sheet = lay_out(question, loose_frames(question), optional=True)
    apply_rules(sheet)
    sheet.model.minimize(total([_off_target(sheet, at) for at in range(len(sheet.frames))]))
    outcome = run(sheet.model, search)
    if not outcome.ok:
        return outcome.found
    sizes = [outcome.solver.value(size) for size in sheet.sizes]
    frames = [replace(frame, least=size, most=size) for frame, size in zip(sheet.frames, sizes, strict=True) if size]
    return sorted(frames, key=lambda frame: (frame.group, -frame.most))


def _off_target(sheet: Sheet, at: int) -> Term:
    target = limits(sheet.question, len(sheet.frames[at].people)).target
    off = sheet.count(len(sheet.frames[at].people) + target)
    sheet.model.add(off >= sheet.sizes[at] - target * sheet.used[at])
    sheet.model.add(off >= target * sheet.used[at] - sheet.sizes[at])
    return off * 100 + sheet.used[at]


def _solve(question: PodQuestion, frames: list[Frame], search: Search) -> Division | Found:
    sheet = lay_out(question, frames, optional=False)
    apply_rules(sheet)
    sheet.model.minimize(total(sheet.costs))
    outcome = run(sheet.model, Search(search.seed, min(search.seconds, QUICK)))
    if outcome.found in {Found.SOME, Found.UNKNOWN} and search.seconds > 0:
        for at, known in enumerate(anneal(question, frames, search.seed)):
            for person in frames[at].people:
                sheet.model.add_hint(sheet.seats[person, at], int(person in known))
        outcome = run(sheet.model, search)
    if not outcome.ok:
        return outcome.found
    members = [
        tuple(person for person in frame.people if outcome.solver.boolean_value(sheet.seats[person, at]))
        for at, frame in enumerate(frames)
    ]
    order = sorted(range(len(frames)), key=lambda at: (frames[at].group, members[at]))
    ordered = tuple(members[at] for at in order)
    coaches = _allocate(question, [frames[at] for at in order], ordered, search)
    return Division(ordered, coaches, outcome.bound)


def _allocate(
    question: PodQuestion, frames: list[Frame], members: tuple[tuple[str, ...], ...], search: Search
) -> tuple[str | None, ...]:
    """Choose coaches for pods whose members are settled: rules first, then near zones, then an even load."""
    if not question.coached:
        return (None,) * len(frames)
    fixed = [
        Frame(frame.group, people, len(people), len(people)) for frame, people in zip(frames, members, strict=True)
    ]
    sheet = lay_out(question, _distinct(fixed), optional=False)
    apply_rules(sheet)
    rules = total(sheet.costs)
    sheet.model.minimize(rules * RULES_FIRST + total(_preferences(sheet)))
    outcome: Outcome = run(sheet.model, search)
    return tuple(
        next(c.id for c in question.carriers if outcome.solver.boolean_value(sheet.coaching[c.id, at]))
        for at in range(len(frames))
    )


def _distinct(frames: list[Frame]) -> list[Frame]:
    return [replace(frame, group=at) for at, frame in enumerate(frames)]


def _preferences(sheet: Sheet) -> list[Term]:
    question = sheet.question
    terms: list[Term] = []
    for carrier in question.carriers:
        takes = [sheet.coaching[carrier.id, at] for at in range(len(sheet.frames))]
        load = total(takes)
        hours = distance_hours(carrier.zone, question.ruleset.zone, question.ruleset.starts)
        pairs = sheet.pairs(load + carrier.carries, len(sheet.frames) + carrier.carries)
        terms += [load * (HOUR_APART * hours), pairs * 2]
    return terms


def feasible(question: PodQuestion, search: Search) -> Found:
    """Tell whether every inflexible rule can hold at once, costs aside."""
    hard = {name: rule for name, rule in question.ruleset.rules.items() if rule.inflexible}
    strict = replace(question, ruleset=replace(question.ruleset, rules=hard))
    frames = even_frames(strict)
    attempts = [(frames, False)] if frames is not None else []
    for tried, optional in [*attempts, (loose_frames(strict), True)]:
        sheet = lay_out(strict, tried, optional=optional)
        apply_rules(sheet)
        outcome = run(sheet.model, search)
        if outcome.found is not Found.NONE:
            return Found.SOME if outcome.ok else Found.UNKNOWN
    return Found.NONE
