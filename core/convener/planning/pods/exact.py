"""Proofs by CP-SAT: the best division of one part of the question, or that there is none.

Groups of frames share no people, so without coaches each is a question of its own; whoever adds the coaches compares
the sum with what was proved of the parts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from convener.planning.effort import Effort
from convener.planning.pods.bounds import least_cost
from convener.planning.pods.kinds import apply_rules
from convener.planning.pods.question import PodQuestion, together_pairs
from convener.planning.pods.sheet import Sheet, lay_out
from convener.planning.pods.sizes import Frame, limits, loose_frames
from convener.planning.search import Found, Outcome, Term, run, total
from convener.rulesets.kinds import Similar, Together

LARGEST = 200
"""People up to whom CP-SAT is asked to prove anything."""
MOST_SUMMED = 300_000
"""Terms up to which `similar` rules may be written out, a sum for each step of the order in each pod."""
Members = tuple[tuple[str, ...], ...]
"""Ids of the members of each frame, sorted."""


@dataclass(frozen=True, slots=True)
class Part:
    """Frames that share their people, as a question of its own, without coaches."""

    question: PodQuestion
    frames: tuple[Frame, ...]
    first: int
    """Place of its first frame among all."""

    @property
    def provable(self) -> bool:
        """Whether a model of it is small enough to prove anything."""
        people, columns = (
            len(self.question.people),
            [c for _, terms in self.question.ruleset.rules_of(Similar) for c in terms.by],
        )
        steps = sum(len(self.question.order(column)) for column in columns)
        return people <= LARGEST and people * len(self.frames) * steps <= MOST_SUMMED

    @property
    def least(self) -> int:
        """The least this part costs by counting alone."""
        return least_cost(self.question, self.frames)


@dataclass(frozen=True, slots=True)
class Solved:
    """A division, and the least any could cost."""

    members: Members
    coaches: tuple[str | None, ...]
    cost: int
    bound: int


def parts_of(question: PodQuestion, frames: Sequence[Frame]) -> Iterator[Part]:
    """Yield the parts of *question* that share no people, in the order of *frames*."""
    at = 0
    while at < len(frames):
        mine = tuple(frame for frame in frames[at:] if frame.group == frames[at].group)
        yield Part(_among(question, mine[0].people), mine, at)
        at += len(mine)


def _among(question: PodQuestion, people: Sequence[str]) -> PodQuestion:
    inside = set(people)
    addresses = {address: person for address, person in question.addresses.items() if person in inside}
    standing = tuple(pod for pod in question.standing if inside.issuperset(pod.members))
    return replace(question, people=tuple(people), addresses=addresses, standing=standing, coached=False, carriers=())


def torn(question: PodQuestion, frames: Sequence[Frame]) -> bool:
    """Tell whether an inflexible rule keeps people together who belong to different groups."""
    at = {person: frame.group for frame in frames for person in frame.people}
    bonds = [
        pair
        for rule, terms in question.ruleset.rules_of(Together)
        if rule.inflexible
        for pair in together_pairs(question, terms)
    ]
    return any(at[one] != at[other] for one, other in bonds)


def solve(
    question: PodQuestion, frames: Sequence[Frame], effort: Effort, steps: int, known: Solved | None = None
) -> Solved | Found:
    """Return the best division of *question* into *frames* found within *steps*, or why there is none.

    *known* is a division that keeps every inflexible rule; nothing worse is looked for.
    """
    sheet = lay_out(question, frames, optional=False)
    apply_rules(sheet)
    cost, least = total(sheet.costs), least_cost(question, frames)
    sheet.model.minimize(cost)
    sheet.model.add(cost >= least)
    if known is not None:
        sheet.model.add(cost <= known.cost)
        _hint(sheet, known)
    outcome = run(sheet.model, effort, steps, known=None if known is None else known.cost)
    if not outcome.ok:
        return outcome.found
    bound = max(outcome.bound, least)
    return Solved(sheet.members(outcome.solver), _coaches(sheet, outcome), round(outcome.solver.objective_value), bound)


def _hint(sheet: Sheet, known: Solved) -> None:
    """Start from *known*, its members put into interchangeable frames by their first member, as the model has them."""
    order = list(range(len(sheet.frames)))
    if not sheet.question.standing:
        order.sort(
            key=lambda at: (sheet.frames[at].group, -sheet.frames[at].most, -sheet.frames[at].least, known.members[at])
        )
    for at, taken in enumerate(order):
        inside = set(known.members[taken])
        for person in sheet.frames[at].people:
            sheet.model.add_hint(sheet.seats[person, at], int(person in inside))
        for carrier in sheet.question.carriers if sheet.question.coached else ():
            sheet.model.add_hint(sheet.coaching[carrier.id, at], int(carrier.id == known.coaches[taken]))


def _coaches(sheet: Sheet, outcome: Outcome) -> tuple[str | None, ...]:
    carriers = sheet.question.carriers if sheet.question.coached else ()
    return tuple(
        next((c.id for c in carriers if outcome.solver.boolean_value(sheet.coaching[c.id, at])), None)
        for at in range(len(sheet.frames))
    )


def strict(question: PodQuestion) -> PodQuestion:
    """Return *question* with its inflexible rules alone."""
    rules = {name: rule for name, rule in question.ruleset.rules.items() if rule.inflexible}
    return replace(question, ruleset=replace(question.ruleset, rules=rules))


def nearest_sizes(question: PodQuestion, effort: Effort, steps: int) -> list[Frame] | Found:
    """Return frames of the sizes nearest to the target for which every inflexible rule can hold, costs aside."""
    sheet = lay_out(strict(question), loose_frames(question), optional=True)
    apply_rules(sheet)
    sheet.model.minimize(total([_off_target(sheet, question, at) for at in range(len(sheet.frames))]))
    outcome = run(sheet.model, effort, steps)
    if not outcome.ok:
        return outcome.found
    sizes = [outcome.solver.value(size) for size in sheet.sizes]
    frames = [replace(frame, least=size, most=size) for frame, size in zip(sheet.frames, sizes, strict=True) if size]
    return sorted(frames, key=lambda frame: (frame.group, -frame.most))


def _off_target(sheet: Sheet, question: PodQuestion, at: int) -> Term:
    target = limits(question, len(sheet.frames[at].people)).target
    off = sheet.count(len(sheet.frames[at].people) + target)
    sheet.model.add(off >= sheet.sizes[at] - target * sheet.used[at])
    sheet.model.add(off >= target * sheet.used[at] - sheet.sizes[at])
    return off * 100 + sheet.used[at]
