"""Why pods have no dates: the fewest rules that cannot all hold, the fewest people in the way, and ways out."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from convener.model import Conflict, Relaxation
from convener.planning.dates.conflicts.case import Case, linked
from convener.planning.dates.conflicts.people import ask, in_the_way, request
from convener.planning.dates.conflicts.trial import smallest, trial_of
from convener.planning.dates.conflicts.ways import SOFT, ways_out
from convener.planning.dates.judging import UNITS, Judged, quorums
from convener.planning.dates.layout import Layout, lay_out
from convener.planning.dates.question import DatesQuestion
from convener.planning.dates.solver import again
from convener.planning.dates.wording import few
from convener.planning.effort import Effort
from convener.planning.pods.question import joined
from convener.planning.search import Found
from convener.rulesets.kinds import CoachLoad, SessionGap, SessionPattern
from convener.rulesets.ruleset import Rule

SHOWN = 6
"""Pods or people that an explanation names one by one."""
MANY = 24
"""Beyond so many pods without dates nobody is asked for other answers."""
MORE = Relaxation(words="ask about more dates", cost=1)
"""The way out where no change of rules or answers is enough."""
TOGETHER = 3
"""The most rules that are made flexible at once, where no single change is enough."""


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """A pod that has no dates by itself, and why."""

    judged: Judged
    rules: tuple[str, ...]
    """The fewest of its rules that cannot all hold; none when there are too few dates to begin with."""


def explain(questions: Sequence[DatesQuestion], effort: Effort) -> Conflict:
    """Return why there are no dates: for pods that have none by themselves, or else for pods that clash.

    The rules are a smallest set that cannot all hold for one of the pods; for pods that clash, one of which none can
    be left out. Every way out but asking about more dates was proved by planning with it.
    """
    layout = lay_out(questions)
    blocked = [
        plot.judged for plot, each in zip(layout.plots, layout.sharing.series, strict=True) if again(each, ()) is None
    ]
    return _alone(questions, layout, blocked, effort) if blocked else _clash(questions, layout, effort)


def _case(questions: Sequence[DatesQuestion], layout: Layout, pods: Collection[str], effort: Effort) -> Case:
    groups = [group for group in linked(layout.judged) if group & frozenset(pods)]
    return Case(tuple(questions), frozenset(pods), frozenset().union(*groups), effort)


def _alone(questions: Sequence[DatesQuestion], layout: Layout, blocked: Sequence[Judged], effort: Effort) -> Conflict:
    blocks = _blocks(blocked)
    case = _case(questions, layout, [block.judged.pod.id for block in blocks], effort)
    short = [block for block in blocks if not block.rules]
    if short:
        return _too_few(short)
    first = min(blocks, key=lambda block: (len(block.rules), block.judged.pod.id))
    near = blocks if len(blocks) <= MANY else [first]
    people = {id(block): in_the_way(block.judged) if _about_answers(block) else None for block in near}
    ways = [*(_asked(case, blocks, people) if near is blocks else ()), *_rules_changed(case, questions, blocks)]
    return Conflict(
        rules=first.rules,
        people=people[id(first)] or (_refusing(first.judged) if _about_answers(first) else ()),
        explanation=_words(blocks),
        relaxations=tuple(sorted(ways or [MORE], key=lambda way: way.cost)),
    )


def _blocks(blocked: Sequence[Judged]) -> list[Block]:
    """Find each pod's smallest set of rules; what explains one pod is tried on the next first."""
    blocks: list[Block] = []
    known: list[tuple[str, ...]] = []
    for judged in blocked:
        trial = trial_of(judged)
        fitting = [rules for rules in known if set(rules) <= set(trial.names) and not trial.possible(rules)]
        rules = min(fitting, key=len) if fitting else None
        if rules is None:
            rules = smallest(trial.names, trial.impossible)
            known.append(rules)
        blocks.append(Block(judged, rules))
    return blocks


def _about_answers(block: Block) -> bool:
    return bool(set(quorums(block.judged)) & set(block.rules))


def _asked(case: Case, blocks: Sequence[Block], people: Mapping[int, tuple[str, ...] | None]) -> Iterable[Relaxation]:
    """Yield whom to ask, when the yes of people is enough for every pod."""
    requests = [request(block.judged, people[id(block)] or ()) for block in blocks if people[id(block)]]
    found = [each for each in requests if each is not None]
    if len(found) == len(blocks):
        way = ask(case, found)
        if way is not None:
            yield way


def _rules_changed(case: Case, questions: Sequence[DatesQuestion], blocks: Sequence[Block]) -> list[Relaxation]:
    named = {name for block in blocks for name in block.rules}
    shared = sorted(set.intersection(*(set(block.rules) for block in blocks)) or named)
    rules = _rules(questions)
    ways = [way for name in shared if name in rules for way in ways_out(case, rules[name])]
    return ways or _several(case, questions, sorted(named))


def _rules(questions: Sequence[DatesQuestion]) -> dict[str, Rule]:
    return {name: rule for question in questions for name, rule in question.ruleset.rules.items() if rule.inflexible}


def _several(case: Case, questions: Sequence[DatesQuestion], named: Sequence[str]) -> list[Relaxation]:
    """Return the fewest rules to make flexible at once, those in conflict before others."""
    dated = (*UNITS, SessionGap, SessionPattern)
    rules = {name: rule for name, rule in _rules(questions).items() if isinstance(rule.terms, dated)}
    order = [*(name for name in named if name in rules), *(name for name in sorted(rules) if name not in named)]
    for count in range(2, min(TOGETHER, len(order)) + 1):
        for names in combinations(order, count):
            words = f"make rules {joined(names)} flexible"
            change = Relaxation(words=words, cost=0, terms=dict.fromkeys(names, SOFT))
            if case.works(case.under(change)):
                cost = sum(breach.units for name in names for breach in case.breaches(rules[name], change))
                return [replace(change, cost=cost)]
    return []


def _too_few(short: Sequence[Block]) -> Conflict:
    question = short[0].judged.party.grid.question
    trial = trial_of(short[0].judged)
    missing = len(short[0].judged.pod.numbers) - trial.longest()
    text = f"{len(question.slots)} slots from {question.first_day:%-d %B %Y} on are not enough"
    text += f" for {question.ruleset.sessions.count} sessions of {few([block.judged.pod.id for block in short], SHOWN)}"
    away = sorted({name for block in short for name in _gone(block.judged)})
    if away:
        text += f", with {few(away, SHOWN)} away or engaged on some of them"
    more = f"ask about more dates, at least {missing} more"
    return Conflict(rules=(), explanation=text, relaxations=(Relaxation(words=more, cost=missing),))


def _gone(judged: Judged) -> Iterable[str]:
    party = judged.party
    for person in (*party.coaches, *party.members):
        if party.grid.away(person).any():
            yield party.grid.question.name(person)


def _refusing(judged: Judged) -> tuple[str, ...]:
    """Return those of a pod who said no, most often first."""
    party = judged.party
    count = {p: int((party.grid.said(p) == 0).sum()) for p in (*party.members, *party.coaches)}
    return tuple(sorted((p for p in count if count[p]), key=lambda p: (-count[p], p)))


def _words(blocks: Sequence[Block]) -> str:
    said: list[str] = []
    for rules in dict.fromkeys(block.rules for block in blocks):
        pods = [block.judged.pod.id for block in blocks if block.rules == rules]
        said.append(f"{_cannot(rules)} for {few(pods, SHOWN)}")
    if any(_about_answers(block) for block in blocks):
        said += _unheard([block.judged for block in blocks])
    away = sorted({name for block in blocks for name in _gone(block.judged)})
    if away:
        said.append(f"{few(away, SHOWN)} away or engaged on some of the dates")
    return "; ".join(said)


def _cannot(rules: Sequence[str]) -> str:
    return f"rules {joined(rules)} cannot all hold" if len(rules) > 1 else f"rule {rules[0]} cannot hold"


def _unheard(blocked: Sequence[Judged]) -> Iterable[str]:
    question = blocked[0].party.grid.question
    uncoached = [judged.pod.id for judged in blocked if not judged.party.coaches and _asks_coach(judged)]
    if uncoached:
        yield f"there is no coach for {few(uncoached, SHOWN)}"
    if not question.answers:
        yield "nobody answered"
        return
    people = {person for judged in blocked for person in (*judged.party.members, *judged.party.coaches)}
    silent = [question.name(person) for person in sorted(people) if person not in question.answers]
    if silent:
        yield f"no answer from {few(silent, SHOWN)}"


def _asks_coach(judged: Judged) -> bool:
    return any(terms.coach for terms in quorums(judged).values())


def _clash(questions: Sequence[DatesQuestion], layout: Layout, effort: Effort) -> Conflict:
    """Explain pods each of which has dates by itself, but not beside the others."""
    every = _case(questions, layout, [plot.pod.id for plot in layout.plots], effort)
    group = next((g for g in linked(layout.judged) if every.solve(g)[1] is Found.NONE), every.pods)
    pods = _fewest(every, group)
    case = _case(questions, layout, pods, effort)
    rules = _rules(questions)
    names = sorted(n for n, r in rules.items() if isinstance(r.terms, (*UNITS, SessionGap, SessionPattern)))

    def fails(kept: Collection[str]) -> bool:
        terms = {name: SOFT for name in names if name not in kept}
        return case.solve(pods, case.under(Relaxation(words="", cost=0, terms=terms)))[1] is Found.NONE

    core = list(names) if fails(names) else []
    for name in list(core):
        fewer = [other for other in core if other != name]
        core = fewer if fails(fewer) else core
    ways = [way for name in core for way in ways_out(case, rules[name])]
    ways = ways or _several(case, questions, core) or [MORE]
    shared = _shared(layout, pods)
    words = f"{_cannot(core)} for" if core else "there are not enough dates for"
    text = f"{words} {few(sorted(pods), SHOWN)}, which share {few(shared, SHOWN)}"
    if any(isinstance(rules[name].terms, CoachLoad) for name in core):
        text += "; their coach has too many sessions on the days that would do"
    return Conflict(
        rules=tuple(core),
        people=tuple(sorted(_resources(layout, pods))),
        explanation=text,
        relaxations=tuple(sorted(ways, key=lambda way: way.cost)),
    )


def _fewest(case: Case, group: frozenset[str]) -> frozenset[str]:
    """Return pods of *group* that have no dates beside each other, none of which can be left out."""
    left = group
    for pod in sorted(group):
        fewer = left - {pod}
        if len(fewer) > 1 and case.solve(fewer)[1] is Found.NONE:
            left = fewer
    return left


def _resources(layout: Layout, pods: Collection[str]) -> set[str]:
    users = [set(each.uses) for each in layout.sharing.series if each.pod in pods]
    return {resource for use in users for resource in use if sum(resource in other for other in users) > 1}


def _shared(layout: Layout, pods: Collection[str]) -> list[str]:
    question = layout.plots[0].question
    return [question.name(person) for person in sorted(_resources(layout, pods))] or ["a coach"]
