"""Pods as groups by distance: what each two people cost in one pod, where every rule is a sum over pairs."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np

from convener.planning.effort import Effort, Progress
from convener.planning.pods.distances.board import IntArray
from convener.planning.pods.distances.diversify import diversify, usual_steps
from convener.planning.pods.division import Division
from convener.planning.pods.question import PodQuestion, apart_pairs, minutes_of, together_pairs, zone_clashes
from convener.planning.pods.sizes import Frame
from convener.rulesets.kinds import Apart, Mix, PodSize, Same, Similar, TimezoneOverlap, Together
from convener.rulesets.ruleset import Rule

BREACH = 1_000_000_000
"""What breaking an inflexible rule costs, more than flexible rules ever do."""
MOST = 1_000
"""People at most: the costs of pairs fill a square."""


def costs_of(question: PodQuestion, frames: Sequence[Frame]) -> IntArray | None:
    """Return what each two people cost in one pod, (people, people), in the order of the question's people.

    The costs of a division are their sum over pairs in one pod, plus the weight of each flexible `together` pair (or
    `BREACH`), which sitting together gives back; breaking an inflexible rule costs `BREACH`. None when some rule is no
    sum over pairs: flexible `same` and `timezone-overlap`, flexible `pod-size` where *frames* leave sizes open, zones
    that depend on who coaches; and for more than `MOST` people. Sizes and inflexible `same` rules are in *frames*;
    what coaches cost does not depend on it.
    """
    if len(question.people) > MOST or any(
        _no_pairs(question, frames, rule) for rule in question.ruleset.rules.values()
    ):
        return None
    costs = np.zeros((len(question.people), len(question.people)), dtype=np.int64)
    for rule in question.ruleset.rules.values():
        units = UNITS.get(type(rule.terms))
        if units:
            costs += units(question, rule.terms) * (BREACH if rule.inflexible else rule.weight)
    return costs


def _no_pairs(question: PodQuestion, frames: Sequence[Frame], rule: Rule) -> bool:
    terms = rule.terms
    if isinstance(terms, PodSize):
        return not rule.inflexible and any(frame.least < frame.most for frame in frames)
    if isinstance(terms, TimezoneOverlap):
        zones = {carrier.zone for carrier in question.carriers}
        clashes = zone_clashes(question, minutes_of(terms))
        return not rule.inflexible or (question.coached and any(zones & set(pair) for pair in clashes))
    return isinstance(terms, Same) and not rule.inflexible


def _mix(question: PodQuestion, terms: Mix) -> IntArray:
    found = np.zeros((len(question.people), len(question.people)), dtype=np.int64)
    for column in terms.by:
        values = np.array([question.value(person, column) for person in question.people])
        found += (values[:, None] == values) & (values != "")
    np.fill_diagonal(found, 0)
    return found


def _similar(question: PodQuestion, terms: Similar) -> IntArray:
    found = np.zeros((len(question.people), len(question.people)), dtype=np.int64)
    for column in terms.by:
        order = question.order(column)
        place = np.array([order.get(question.value(person, column), -1) for person in question.people], dtype=np.int64)
        known = place >= 0
        found += np.abs(place[:, None] - place) * (known[:, None] & known)
    return found


def _listed(question: PodQuestion, pairs: Iterable[tuple[str, str]], unit: int) -> IntArray:
    found = np.zeros((len(question.people), len(question.people)), dtype=np.int64)
    place = {person: at for at, person in enumerate(question.people)}
    for one, other in pairs:
        found[place[one], place[other]] = found[place[other], place[one]] = unit
    return found


def _apart(question: PodQuestion, terms: Apart) -> IntArray:
    return _listed(question, apart_pairs(question, terms), 1)


def _together(question: PodQuestion, terms: Together) -> IntArray:
    return _listed(question, together_pairs(question, terms), -1)


def _timezone_overlap(question: PodQuestion, terms: TimezoneOverlap) -> IntArray:
    zones = [question.zone(person) for person in question.people]
    clashes = set(zone_clashes(question, minutes_of(terms)))
    found = np.array([[(min(a, b), max(a, b)) in clashes for a in zones] for b in zones], dtype=np.int64)
    np.fill_diagonal(found, 0)
    return found


UNITS: dict[type, Callable[[PodQuestion, Any], IntArray]] = {
    Mix: _mix,
    Similar: _similar,
    Apart: _apart,
    Together: _together,
    TimezoneOverlap: _timezone_overlap,
}
"""What gives the units of each kind for each two people in one pod."""


def divide(
    question: PodQuestion, frames: Sequence[Frame], effort: Effort, start: Division | None = None
) -> Division | None:
    """Return a division into *frames* that costs as little as found, no more than *start*; without coaches and bound.

    None when `costs_of` is: then the counts of `pods.local` must decide. Raises ValueError when people do not fit into
    their frames, or *start* does not. Equal frames are filled in the order of their members.
    """
    costs = costs_of(question, frames)
    if costs is None:
        return None
    place = {person: at for at, person in enumerate(question.people)}
    members: list[tuple[str, ...]] = [() for _ in frames]
    groups = {frame.group: frame.people for frame in frames}
    usual = {group: usual_steps(len(people)) for group, people in groups.items()}
    budget = effort.left(sum(usual.values()))
    for group, people in sorted(groups.items()):
        mine = [at for at, frame in enumerate(frames) if frame.group == group]
        seats = [place[person] for person in people]
        sizes = [(frames[at].least, frames[at].most) for at in mine]
        known = None if start is None else _seated(people, [start.members[at] for at in mine])
        part = _part(effort, budget * usual[group] // sum(usual.values()))
        found, _ = diversify(-costs[np.ix_(seats, seats)], sizes, part, known)
        effort.spent, effort.stopped = effort.spent + part.spent, part.stopped
        for person, at in zip(people, found, strict=True):
            members[mine[at]] += (person,)
    return Division(_ordered(frames, members), (None,) * len(frames))


def _part(effort: Effort, steps: int) -> Effort:
    """Return *steps* of *effort*; a part of the people has no cost that could be compared, so none is reported."""
    before, watch = effort.spent, effort.watch
    return Effort(
        seed=effort.seed,
        steps=steps,
        watch=lambda progress: watch(Progress(best=None, bound=0, steps=before + progress.steps)),
        stopped=effort.stopped,
    )


def _seated(people: Sequence[str], pods: Sequence[tuple[str, ...]]) -> list[int]:
    at = {person: pod for pod, members in enumerate(pods) for person in members}
    if set(at) != set(people):
        raise ValueError("the start seats other people than the frames do")
    return [at[person] for person in people]


def _ordered(frames: Sequence[Frame], members: list[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    ordered = [tuple(sorted(pod)) for pod in members]
    for frame in set(frames):
        mine = [at for at, other in enumerate(frames) if other == frame]
        for at, pod in zip(mine, sorted(ordered[at] for at in mine), strict=True):
            ordered[at] = pod
    return tuple(ordered)
