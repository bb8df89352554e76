"""Why no series of dates exists: the smallest set of inflexible rules, and ways out found by solving."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from convener.model import Answer, Conflict
from convener.planning.dates.coaches import schedule
from convener.planning.dates.paths import Series, cheapest, series_of
from convener.planning.dates.question import DatesQuestion, PodDates
from convener.planning.dates.slots import UNITS, Node
from convener.planning.pods.question import joined
from convener.planning.search import Found, Search
from convener.rulesets.kinds import CoachLoad, Quorum, SessionGap, SessionPattern
from convener.rulesets.ruleset import Rule, Ruleset

Pose = Callable[[Ruleset], DatesQuestion]
"""Asks the question anew under other rules."""
SHORT = 1_000
"""Cost of one unit of a rule that is being relaxed, far above all other costs of a session."""
SHOWN = 6
"""Sessions that a way out names one by one."""
WIDEST = 366
"""The longest gap, in days, that a way out may propose."""


def explain(ruleset: Ruleset, pose: Pose, search: Search) -> Conflict:
    """Return the smallest set of inflexible rules that cannot all hold for the pods without dates.

    Deletion filter: each rule in turn is left out for good if the rest still cannot hold. Each way out was tried:
    with it, every pod that had no series gets one.
    """
    question = pose(ruleset)
    pods = blocked_pods(question) or _clashing(question, search)
    hard = _hard(ruleset)
    if _impossible(ruleset, {}, pods, pose, search):
        return _too_few_slots(question, pods)
    core = dict(hard)
    for name in hard:
        fewer = {n: r for n, r in core.items() if n != name}
        if _impossible(ruleset, fewer, pods, pose, search):
            core = fewer
    every = blocked_pods(question) or pods
    ways = _ask(question, every, search)
    ways += [way for rule in core.values() for way in _ways_out(ruleset, hard, rule, every, pose, search)]
    return Conflict(
        rules=tuple(core),
        people=tuple(_people(question, pods)),
        explanation=_words(question, core, every),
        relaxations=tuple(ways or _several(ruleset, hard, core, every, pose, search)),
    )


def _hard(ruleset: Ruleset) -> dict[str, Rule]:
    kinds = (*UNITS, SessionGap, SessionPattern)
    return {n: r for n, r in sorted(ruleset.rules.items()) if r.inflexible and isinstance(r.terms, kinds)}


def blocked_pods(question: DatesQuestion) -> tuple[str, ...]:
    """Return ids of the pods that have no series even with their coach all to themselves."""
    return tuple(pod.id for pod in question.pods if cheapest(series_of(question, pod)) is None)


def _clashing(question: DatesQuestion, search: Search) -> tuple[str, ...]:
    """Return ids of the pods of the first coach whose pods cannot all be served."""
    coaches = sorted({pod.coach or "" for pod in question.pods})
    for coach in coaches:
        pods = [pod for pod in question.pods if (pod.coach or "") == coach]
        if schedule(question, coach, [series_of(question, pod) for pod in pods], search) is Found.NONE:
            return tuple(pod.id for pod in pods)
    return tuple(pod.id for pod in question.pods)


def _solvable(question: DatesQuestion, pods: Sequence[str], search: Search) -> bool:
    """Tell whether each of *pods* has a series and their coaches can serve them."""
    by_coach: dict[str, list[Series]] = {}
    for pod in question.pods:
        if pod.id in pods:
            by_coach.setdefault(pod.coach or "", []).append(series_of(question, pod))
    return all(schedule(question, coach, found, search) is not Found.NONE for coach, found in sorted(by_coach.items()))


def _impossible(ruleset: Ruleset, rules: Mapping[str, Rule], pods: Sequence[str], pose: Pose, search: Search) -> bool:
    flexible = {n: r for n, r in ruleset.rules.items() if not r.inflexible}
    tried = replace(ruleset, rules={**flexible, **rules}, pod_rules={})
    return not _solvable(pose(tried), pods, search)


def _too_few_slots(question: DatesQuestion, pods: Sequence[str]) -> Conflict:
    sessions = question.ruleset.sessions.count
    text = f"{len(question.slots)} slots from the start of the programme on are not enough for {sessions} sessions"
    away = [question.name(p.coach) for p in question.pods if p.id in pods and p.coach and _is_away(question, p)]
    if away:
        text += f", with {joined(sorted(set(away)))} away or engaged elsewhere on many of them"
    return Conflict(
        rules=(),
        people=tuple(_people(question, pods)),
        explanation=f"{text}: {joined(pods)}",
        relaxations=("ask about more dates",),
    )


def _is_away(question: DatesQuestion, pod: PodDates) -> bool:
    coach = question.register.coaches.get(pod.coach or "")
    return bool((coach and coach.away) or question.engaged.get(pod.coach or ""))


def _silent(question: DatesQuestion, pods: Sequence[str]) -> list[str]:
    """Return ids of the members and coaches of *pods* who gave no answer."""
    chosen = [pod for pod in question.pods if pod.id in pods]
    people = {p for pod in chosen for p in (*pod.members(question.ruleset.starts), *([pod.coach] if pod.coach else []))}
    return sorted(person for person in people if person not in question.answers)


def _ask(question: DatesQuestion, pods: Sequence[str], search: Search) -> list[str]:
    """Say whom to ask, when a yes to everything from those who are silent would do."""
    silent = _silent(question, pods)
    yes = (Answer.YES,) * len(question.slots)
    helped = replace(question, answers={**question.answers, **dict.fromkeys(silent, yes)})
    if not silent or not _solvable(helped, pods, search):
        return []
    names = [question.name(person) for person in silent]
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return [f"get an answer from {joined(names) if not more else ', '.join(names[:SHOWN]) + more}"]


def _ways_out(
    ruleset: Ruleset, hard: Mapping[str, Rule], rule: Rule, pods: Sequence[str], pose: Pose, search: Search
) -> list[str]:
    flexible = {n: r for n, r in ruleset.rules.items() if not r.inflexible}
    if isinstance(rule.terms, SessionGap):
        for changed, words in _wider(rule, rule.terms):
            if _solvable(pose(replace(ruleset, rules={**flexible, **hard, rule.id: changed})), pods, search):
                return [words]
    softened = replace(rule, inflexible=False, weight=SHORT)
    question = pose(replace(ruleset, rules={**flexible, **hard, rule.id: softened}))
    if not _solvable(question, pods, search):
        return []
    if isinstance(rule.terms, Quorum):
        return [f"let rule {rule.id} be missed: {_several_of(_shortfalls(question, rule, rule.terms, pods))}"]
    return [f"make rule {rule.id} flexible{_where(question, rule, pods)}"]


def _wider(rule: Rule, terms: SessionGap) -> Iterable[tuple[Rule, str]]:
    days = terms.max.days
    for by in (1, 2, 3, 5, 7, 10, 14, 21, 28, 42, 56, 84):
        if days + by <= WIDEST:
            longer = terms.max.parse(f"{days + by} days")
            changed = replace(rule, terms=terms.model_copy(update={"max": longer}))
            yield changed, f'let rule {rule.id} have max = "{longer}"'


def _shortfalls(question: DatesQuestion, rule: Rule, terms: Quorum, pods: Sequence[str]) -> list[str]:
    """Say which sessions of the least damaging series fall short of a quorum that counts as a cost here."""
    said: list[str] = []
    for pod, number, node in _breaches(question, rule, pods):
        members = pod.members(question.day(node.starts))
        can = sum(question.answer(person, node.slot) is not Answer.NO for person in members)
        text = f"{can} of {len(members)} at {pod.id}/{number} on {question.day(node.starts):%-d %B %Y}"
        if terms.coach and (pod.coach is None or question.answer(pod.coach, node.slot) is Answer.NO):
            who = question.name(pod.coach) if pod.coach else "a coach"
            text += f", where {who} did not say yes"
        said.append(text)
    return said


def _where(question: DatesQuestion, rule: Rule, pods: Sequence[str]) -> str:
    found = [
        f"{pod.id}/{n} on {question.day(node.starts):%-d %B %Y}" for pod, n, node in _breaches(question, rule, pods)
    ]
    return f" for {_several_of(found)}" if found else ""


def _several_of(found: Sequence[str]) -> str:
    """Return the first few of *found* and how many more there are."""
    more = len(found) - SHOWN
    return "; ".join(found[:SHOWN]) + (f"; and {more} more sessions" if more > 0 else "")


def _breaches(question: DatesQuestion, rule: Rule, pods: Sequence[str]) -> Iterable[tuple[PodDates, int, Node]]:
    for pod in question.pods:
        series = series_of(question, pod) if pod.id in pods else None
        best = cheapest(series) if series else None
        if series and best:
            for layer, at in enumerate(best[1]):
                node = series.layers[layer][at]
                if node.costs.get(rule.id):
                    yield pod, pod.numbers[layer], node


def _several(
    ruleset: Ruleset,
    hard: Mapping[str, Rule],
    core: Mapping[str, Rule],
    pods: Sequence[str],
    pose: Pose,
    search: Search,
) -> list[str]:
    """Return several rules to make flexible at once, where no single one is enough."""
    left = dict(hard)
    given_up: list[str] = []
    for name in [*core, *(name for name in hard if name not in core)]:
        del left[name]
        given_up.append(name)
        if not _impossible(ruleset, left, pods, pose, search):
            return [f"make rules {joined(given_up)} flexible"]
    return []


def _people(question: DatesQuestion, pods: Sequence[str]) -> list[str]:
    """Return members and coach of the first pod whose answers stand in the way: those who said no most often first."""
    pod = next(pod for pod in question.pods if pod.id == pods[0])
    asked = [*pod.members(question.ruleset.starts), *([pod.coach] if pod.coach else [])]
    refusals = {p: sum(question.answer(p, at) is Answer.NO for at in range(len(question.slots))) for p in asked}
    return sorted((p for p in asked if refusals[p]), key=lambda p: (-refusals[p], p))


def _words(question: DatesQuestion, core: Mapping[str, Rule], pods: Sequence[str]) -> str:
    names = joined(list(core))
    said = [
        f"rules {names} cannot all hold for {joined(pods)}"
        if len(core) > 1
        else f"rule {names} cannot hold for {joined(pods)}"
    ]
    if any(isinstance(rule.terms, Quorum) for rule in core.values()):
        said += _unheard(question, pods)
    if any(isinstance(rule.terms, CoachLoad) for rule in core.values()):
        said.append("their coach has too many sessions on the days that would do")
    return "; ".join(said)


def _unheard(question: DatesQuestion, pods: Sequence[str]) -> list[str]:
    uncoached = [pod.id for pod in question.pods if pod.id in pods and pod.coach is None]
    said = [f"no coach for {joined(uncoached)}"] if uncoached else []
    silent = _silent(question, pods)
    if silent and not question.answers:
        said.append("nobody answered")
    elif silent:
        names = [question.name(person) for person in silent]
        said.append(f"no answer from {joined(names)}" if len(names) <= SHOWN else f"no answer from {len(names)} people")
    return said
