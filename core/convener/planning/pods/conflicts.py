"""Why nobody can be divided as asked: the smallest set of inflexible rules, and ways out found by solving."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from convener.model import Conflict
from convener.planning.pods.outcome import POD_KINDS
from convener.planning.pods.question import PodQuestion, apart_pairs, joined, together_pairs
from convener.planning.pods.sizes import groups, limits, preferred_count
from convener.planning.pods.solve import feasible
from convener.planning.search import Found, Search
from convener.rulesets.kinds import Apart, CoachAccredited, CoachLoad, PodSize, Quorum, TimezoneOverlap, Together
from convener.rulesets.ruleset import Rule, Ruleset

Pose = Callable[[Ruleset], PodQuestion]
"""Asks the question anew under other rules."""
WIDEST = 100
"""The largest pod a rule may ask for."""


def explain(ruleset: Ruleset, pose: Pose, search: Search) -> Conflict:
    """Return the smallest set of inflexible rules that cannot all hold.

    Deletion filter: each rule in turn is left out for good if the rest still cannot hold; what remains is
    irreducible. Each way out was tried: with it, every other inflexible rule can hold.
    """
    hard = {n: r for n, r in sorted(ruleset.rules.items()) if r.inflexible and isinstance(r.terms, POD_KINDS)}
    if _impossible(ruleset, {}, pose, search):
        return _uncoached(ruleset)
    core = dict(hard)
    for name in hard:
        fewer = {n: r for n, r in core.items() if n != name}
        if _impossible(ruleset, fewer, pose, search):
            core = fewer
    question = pose(ruleset)
    ways = [way for rule in core.values() for way in _ways_out(ruleset, hard, rule, pose, search)]
    return Conflict(
        rules=tuple(core),
        people=tuple(sorted(set(_people(question, core.values())))),
        explanation=_words(question, core),
        relaxations=tuple(ways or _together_relaxed(ruleset, hard, core, pose, search)),
    )


def _impossible(ruleset: Ruleset, rules: Mapping[str, Rule], pose: Pose, search: Search) -> bool:
    return feasible(pose(replace(ruleset, rules=dict(rules))), search) is Found.NONE


def _uncoached(ruleset: Ruleset) -> Conflict:
    rules = [rule.id for rule, terms in ruleset.rules_of(Quorum) if terms.coach]
    return Conflict(
        rules=tuple(rules or [rule.id for rule, _ in ruleset.rules_of(CoachLoad)]),
        explanation="none of the coaches who may be allocated has answered, so no pod can have a coach",
        relaxations=("ask the coaches again, or allow further coaches for the programme",),
    )


def _ways_out(ruleset: Ruleset, hard: Mapping[str, Rule], rule: Rule, pose: Pose, search: Search) -> list[str]:
    for changed, words in _softer(rule):
        if not _impossible(ruleset, {**hard, rule.id: changed}, pose, search):
            return [words]
    without = {name: other for name, other in hard.items() if name != rule.id}
    return [] if _impossible(ruleset, without, pose, search) else [f"make rule {rule.id} flexible"]


def _softer(rule: Rule) -> Iterable[tuple[Rule, str]]:
    """Yield gentler forms of *rule*, nearest first."""
    terms = rule.terms
    if isinstance(terms, PodSize):
        yield from _softer_size(rule, terms)
    elif isinstance(terms, Apart):
        for pair in terms.pairs:
            pairs = tuple(other for other in terms.pairs if other != pair)
            changed = replace(rule, terms=terms.model_copy(update={"pairs": pairs}))
            yield changed, f"take {pair[0]} and {pair[1]} out of rule {rule.id}"
    elif isinstance(terms, CoachLoad) and terms.max_pods is not None:
        for most in range(terms.max_pods + 1, terms.max_pods + 10):
            changed = replace(rule, terms=terms.model_copy(update={"max_pods": most}))
            yield changed, f"let rule {rule.id} have max_pods = {most}"


def _softer_size(rule: Rule, terms: PodSize) -> Iterable[tuple[Rule, str]]:
    for by in range(1, WIDEST):
        if terms.max + by <= WIDEST:
            changed = replace(rule, terms=terms.model_copy(update={"max": terms.max + by}))
            yield changed, f"let rule {rule.id} have max = {terms.max + by}"
        if terms.min - by >= 1:
            changed = replace(rule, terms=terms.model_copy(update={"min": terms.min - by}))
            yield changed, f"let rule {rule.id} have min = {terms.min - by}"


def _together_relaxed(
    ruleset: Ruleset, hard: Mapping[str, Rule], core: Mapping[str, Rule], pose: Pose, search: Search
) -> list[str]:
    """Return several rules to make flexible at once, where no single one is enough."""
    left = dict(hard)
    given_up: list[str] = []
    for name in [*core, *(name for name in hard if name not in core)]:
        del left[name]
        given_up.append(name)
        if not _impossible(ruleset, left, pose, search):
            return [f"make rules {joined(given_up)} flexible"]
    return []


def _people(question: PodQuestion, core: Iterable[Rule]) -> list[str]:
    found: list[str] = []
    for rule in core:
        if isinstance(rule.terms, Apart):
            found += [person for pair in apart_pairs(question, rule.terms) for person in pair]
        elif isinstance(rule.terms, Together):
            found += [person for pair in together_pairs(question, rule.terms) for person in pair]
        elif isinstance(rule.terms, PodSize):
            found += [person for _, people in _misfits(question) for person in people]
        elif isinstance(rule.terms, TimezoneOverlap):
            found += [p for p in question.people if question.zone(p) != question.ruleset.zone]
    return found


def _misfits(question: PodQuestion) -> list[tuple[str, tuple[str, ...]]]:
    return [
        (label, people)
        for label, people in groups(question)
        if preferred_count(len(people), limits(question, len(people))) is None
    ]


def _words(question: PodQuestion, core: Mapping[str, Rule]) -> str:
    said = [
        f"rules {joined(list(core))} cannot hold together"
        if len(core) > 1
        else f"rule {joined(list(core))} cannot hold"
    ]
    if any(isinstance(rule.terms, PodSize) for rule in core.values()):
        for label, people in _misfits(question):
            allowed = limits(question, len(people))
            of = f" of {label}" if label else ""
            said.append(f"{len(people)} people{of} cannot be divided into pods of {allowed.least} to {allowed.most}")
    if any(isinstance(rule.terms, CoachLoad | CoachAccredited) for rule in core.values()):
        rooms = [f"{question.name(c.id)} {c.room}" for c in question.carriers if c.room is not None]
        said.append(f"coaches can still take: {joined(rooms) or 'none'}")
    return "; ".join(said)
