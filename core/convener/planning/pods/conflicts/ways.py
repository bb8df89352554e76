"""Ways out of a conflict, each confirmed by a division that keeps every other inflexible rule.

What a way out costs is what it gives up: the units (see `costs`) by which the division that confirmed it falls short
of the rules as they were, people, pairs or pods; for up to `SOLVED` people the solver then looks for the fewest. Of
coaches to ask or allow, it is the pods they would take.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from convener.model import Relaxation
from convener.planning.effort import Effort
from convener.planning.pods.carriers import Carrier
from convener.planning.pods.conflicts.gentler import Ladder, Rung, ladders
from convener.planning.pods.conflicts.judge import Judge
from convener.planning.pods.conflicts.smallest import fewest_given_up
from convener.planning.pods.costs import Seated, units
from convener.planning.pods.division import Division
from convener.planning.pods.feasibility.crowd import read_crowd
from convener.planning.pods.feasibility.proofs import prove
from convener.planning.pods.question import PodQuestion, joined
from convener.planning.pods.solve import divide
from convener.planning.relaxations import with_terms
from convener.planning.search import Found
from convener.rulesets.kinds import Apart, CoachAccredited, CoachLoad, TimezoneOverlap, Together
from convener.rulesets.ruleset import Rule

SOLVED = 60
"""Most people for whom the solver looks for the fewest units."""
STEPS = 1_000_000
"""Steps that looking for the fewest units is worth."""
MOST_PAIRS = 30
"""Pairs that one way out may leave out."""
MOST_WAYS = 10
"""Pairs of one rule that are offered to be left out: whoever has so many to choose from needs no others."""
Rules = Mapping[str, Rule]


@dataclass(frozen=True, slots=True)
class Search:
    """Ways out for one question."""

    judge: Judge
    hard: Rules
    people: frozenset[str]
    """Those the conflict is about."""
    exact: bool = True
    """Whether the exact model is asked where no division is quickly found."""

    def cost(self, changed: Rules) -> int | None:
        """Return what the gentler rules *changed* give up, None when they are not enough or that is not known."""
        rules = {**self.hard, **changed}
        strict = {name: rule for name, rule in rules.items() if rule.inflexible}
        crowd, pods = self.judge.divided(strict, exact=self.exact)
        if isinstance(pods, Found):
            return None
        given_up = self._given_up(crowd.question, changed, pods)
        if given_up > 1 and len(crowd.question.people) <= SOLVED:
            before = {f"{name} before": replace(self.hard[name], inflexible=False, weight=1) for name in changed}
            question = self.judge.case.crowd({**strict, **before}).question
            best = divide(question, Effort(seed=self.judge.effort.seed, steps=STEPS, watch=self.judge.effort.watch))
            if isinstance(best, Division):
                solved = [Seated("", members, coach) for members, coach in zip(best.members, best.coaches, strict=True)]
                given_up = min(given_up, self._given_up(question, changed, solved))
        return max(given_up, 1)

    def _given_up(self, question: PodQuestion, changed: Rules, pods: list[Seated]) -> int:
        return sum(units(question, self.hard[name], pods) for name in changed)


def ways_out(judge: Judge, hard: Rules, core: Collection[str], people: Collection[str]) -> tuple[Relaxation, ...]:
    """Return every way out that changes one rule of *core* or the coaches, else one that changes the fewest rules."""
    search = Search(judge, hard, frozenset(people))
    question = judge.case.pose(judge.case.ruleset)
    found = [way for name in sorted(core) for way in _of_rule(search, question, name)]
    if any(isinstance(hard[name].terms, CoachLoad | CoachAccredited | TimezoneOverlap) for name in core):
        found += more_coaches(judge, hard)
    return _cheapest_first(found or _of_several(search, question))


def _cheapest_first(found: Sequence[Relaxation]) -> tuple[Relaxation, ...]:
    return tuple(sorted(found, key=lambda way: way.cost))


def _of_rule(search: Search, question: PodQuestion, name: str) -> list[Relaxation]:
    """Return each ladder's first rung that is enough for the rule *name*."""
    *gentler, (flexible,) = ladders(question, search.hard[name], search.people)
    last = _confirmed(search, name, flexible)
    if last is None:
        return []  # even without the rule there is no way
    if isinstance(search.hard[name].terms, Apart | Together):
        found = _pairs(search, name, gentler) or _without_pairs(search, question, name)
    else:
        found = [way for ladder in gentler if (way := _first_enough(search, name, ladder))]
    least = min(way.cost for way in (*found, last))  # whatever is gentler is allowed by it too
    return [*found, replace(last, cost=least)]


def _confirmed(search: Search, name: str, rung: Rung) -> Relaxation | None:
    cost = search.cost({name: with_terms(search.hard[name], rung.terms)})
    return None if cost is None else Relaxation(words=rung.words, cost=cost, terms={name: rung.terms})


def _first_enough(search: Search, name: str, ladder: Ladder) -> Relaxation | None:
    """Return the lowest rung that is enough: doubling steps up, then halving; a higher rung always allows more."""
    low, high, step, found = -1, -1, 1, None
    while found is None and high < len(ladder) - 1:
        low, high, step = high, min(high + step, len(ladder) - 1), step * 2
        found = _confirmed(search, name, ladder[high])
    while found is not None and high - low > 1:
        middle = (low + high) // 2
        better = _confirmed(search, name, ladder[middle])
        if better is None:
            low = middle
        else:
            high, found = middle, better
    return found


def _pairs(search: Search, name: str, pairs: Sequence[Ladder]) -> list[Relaxation]:
    """Return the first pairs of which leaving one out is enough, the exact model being asked only if there is none."""
    for exact in (False, True):
        each = replace(search, exact=exact)
        found = islice((way for (rung,) in pairs if (way := _confirmed(each, name, rung))), MOST_WAYS)
        if ways := list(found):
            return ways
    return []


def _without_pairs(search: Search, question: PodQuestion, name: str) -> list[Relaxation]:
    """Leave out pair after pair of the contradictions that are left, until there is none."""
    rule, said = search.hard[name], list[str]()
    while len(said) < MOST_PAIRS:
        proof = prove(search.judge.case.crowd({**search.hard, name: rule}))
        rungs = [ladder[0] for ladder in ladders(question, rule, proof.people)[:-1]] if proof else []
        if not rungs:
            break
        rule = with_terms(rule, rungs[0].terms)
        said.append(rungs[0].words.removeprefix("take ").removesuffix(f" out of rule {name}"))
        words = f"take {'; '.join(said)} out of rule {name}"
        way = _confirmed(search, name, Rung(words, {"pairs": getattr(rule.terms, "pairs", ())}))
        if way:
            return [way]
    return []


def _of_several(search: Search, question: PodQuestion) -> list[Relaxation]:
    """Return the fewest rules to give up at once, each as gently as the others allow."""

    def impossible(names: frozenset[str]) -> bool:
        return search.judge.impossible({name: search.hard[name] for name in names})

    given = sorted(fewest_given_up(search.hard, impossible))
    chosen = {name: ladders(question, search.hard[name], ())[-1][0] for name in given}
    for name in given:
        others = {other: with_terms(search.hard[other], chosen[other].terms) for other in given if other != name}
        trial = replace(search, hard={**search.hard, **others}, people=frozenset(question.people))
        gentler = _of_rule_alone(trial, question, name)
        if gentler:
            chosen[name] = gentler
    cost = search.cost({name: with_terms(search.hard[name], rung.terms) for name, rung in chosen.items()})
    if cost is None:
        return []
    words = joined([rung.words for rung in chosen.values()])
    return [Relaxation(words=words, cost=cost, terms={name: rung.terms for name, rung in chosen.items()})]


def _of_rule_alone(search: Search, question: PodQuestion, name: str) -> Rung | None:
    found = [way for way in _of_rule(search, question, name) if "flexibility" not in way.terms[name]]
    best = min(found, key=lambda way: way.cost, default=None)
    return None if best is None else Rung(best.words, dict(best.terms[name]))


def more_coaches(judge: Judge, hard: Rules) -> list[Relaxation]:
    """Return the fewest coaches to ask for an answer, and the fewest to allow, that would be enough."""
    question = judge.case.crowd(hard).question
    ask = _joining(judge, question, question.silent)
    allow = _joining(judge, question, question.barred)
    found: list[Relaxation] = []
    if ask:
        ids, cost = ask
        words = f"get an answer from {joined([question.name(each) for each in ids])}"
        found.append(Relaxation(words=words, cost=cost, asks=ids))
    if allow:
        ids, cost = allow
        names = joined([question.name(each) for each in ids])
        found.append(Relaxation(words=f"allow {names} as coach{'es' * (len(ids) > 1)} of the programme", cost=cost))
    return found


def _joining(judge: Judge, question: PodQuestion, more: Sequence[Carrier]) -> tuple[tuple[str, ...], int] | None:
    """Return the fewest of *more*, those with most room first, with whom every pod has a coach, and their pods."""
    order = sorted(more, key=lambda carrier: (-_room(question, carrier), carrier.id))
    for count in range(1, len(order) + 1):
        ids = {carrier.id for carrier in order[:count]}
        carriers = tuple(sorted((*question.carriers, *order[:count]), key=lambda carrier: carrier.id))
        pods = judge.pods_of(read_crowd(replace(question, carriers=carriers)))
        if not isinstance(pods, Found):
            return tuple(sorted(ids)), max(sum(pod.coach in ids for pod in pods), 1)
    return None


def _room(question: PodQuestion, carrier: Carrier) -> int:
    return len(question.people) if carrier.room is None else carrier.room
