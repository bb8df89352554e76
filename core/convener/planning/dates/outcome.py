"""A schedule as a proposal: every session with its reasons, every rule with what it cost and where."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from convener.model import (
    DateProposal,
    PodView,
    ProposedSession,
    RuleOutcome,
    SessionStatus,
)
from convener.planning.dates.bill import bills
from convener.planning.dates.explanation import Chosen, why
from convener.planning.dates.judging import UNITS, Judged
from convener.planning.dates.layout import Layout
from convener.planning.dates.notices import notices
from convener.planning.dates.question import ANSWERS, EVERY, START, DatesQuestion
from convener.planning.dates.series import Schedule
from convener.planning.dates.solver import through
from convener.planning.dates.wording import moment
from convener.planning.effort import Effort
from convener.rulesets.kinds import SessionGap, SessionPattern
from convener.rulesets.ruleset import Rule


@dataclass(slots=True)
class Tally:
    """What one rule came to over all sessions."""

    units: int = 0
    cost: int = 0
    where: list[str] = field(default_factory=list[str])


def propose(layout: Layout, found: Schedule, question: DatesQuestion, effort: Effort) -> DateProposal:
    """Return the dates found for the pods of *question*, of all that were laid out together.

    The score leaves the price of moves out. Its distance to the bound is what all programmes that were planned
    together could gain at most, with as many moves.
    """
    chosen = [each for each in choose(layout, found.paths) if each.plot.question is question]
    sessions = tuple(session for each in chosen for session in _sessions(each))
    outcomes = tuple(_outcomes(question, _tallies(chosen)))
    score = sum(outcome.cost for outcome in outcomes)
    return DateProposal(
        programme=question.ruleset.programme,
        seed=effort.seed,
        score=score,
        bound=max(score - max(found.cost - found.bound, 0), 0),
        sessions=sessions,
        rules=outcomes,
        notices=notices(question, sessions),
        steps=effort.spent,
        moved=tuple(f"{each.plot.pod.id}/{number}" for each in chosen for number in each.plot.moved(each.path)),
        slots=question.slots,
        views=tuple(_view(judged) for judged in layout.judged if judged.party.grid.question is question),
    )


def choose(layout: Layout, paths: Sequence[Sequence[int]]) -> list[Chosen]:
    """Return each pod's series of *paths* with what every other node would cost, the other pods as they are."""
    taken = layout.sharing.blocked(paths)
    return [
        Chosen(plot, tuple(path), bills(plot, path), through(plot.series, full), layout.moving)
        for plot, path, full in zip(layout.plots, paths, taken, strict=True)
    ]


def _view(judged: Judged) -> PodView:
    party = judged.party
    can = np.where(judged.allowed, party.can, -1 - party.can)
    size = len(judged.pod.members(party.grid.question.first_day))
    return PodView(pod=judged.pod.id, size=size, can=tuple(can.tolist()))


def _tallies(chosen: Sequence[Chosen]) -> dict[str, Tally]:
    found: dict[str, Tally] = {}
    for each in chosen:
        for number, bill in zip(each.plot.pod.numbers, each.bills, strict=True):
            for name, item in bill.items():
                tally = found.setdefault(name, Tally())
                tally.units += item.units
                tally.cost += item.cost
                tally.where.append(f"{each.plot.pod.id}/{number}")
    return found


def _outcomes(question: DatesQuestion, tallies: Mapping[str, Tally]) -> Iterable[RuleOutcome]:
    judged = (*UNITS, SessionGap, SessionPattern)
    rules = {name: rule for pod in question.pods for name, rule in question.rules(pod).items()}
    for name, rule in sorted({**rules, **question.ruleset.rules}.items()):
        if isinstance(rule.terms, judged):
            yield _outcome(rule, tallies.get(name, Tally()))
    absences = "3 for each absence, 1 for each person who comes only if needed"
    yield _soft(ANSWERS, tallies.get(ANSWERS, Tally()), absences)
    if question.ruleset.sessions.every is not None:
        text = f"1 for each full three days a gap is off {question.ruleset.sessions.every}"
        yield _soft(EVERY, tallies.get(EVERY, Tally()), text)
        text = f"1 for each full three days from {question.first_day:%-d %B %Y} to the first session"
        yield _soft(START, tallies.get(START, Tally()), text)


def _outcome(rule: Rule, tally: Tally) -> RuleOutcome:
    text = "holds throughout"
    if tally.units:
        each = f" at {rule.weight} each" if tally.cost == rule.weight * tally.units else ""
        text = f"falls short {tally.units} {'time' if tally.units == 1 else 'times'}{each}"
    if rule.audited:
        text = f"under audit: {text}"
    return RuleOutcome(
        id=rule.id,
        flexibility="inflexible" if rule.inflexible else "flexible",
        satisfied=not tally.units,
        cost=tally.cost,
        explanation=text,
        where=tuple(tally.where),
    )


def _soft(name: str, tally: Tally, text: str) -> RuleOutcome:
    return RuleOutcome(
        id=name,
        flexibility="flexible",
        satisfied=not tally.cost,
        cost=tally.cost,
        explanation=text,
        where=tuple(tally.where),
    )


def _sessions(chosen: Chosen) -> Iterable[ProposedSession]:
    plot, path = chosen.plot, chosen.path
    pod, question = plot.pod, plot.question
    for layer, number in enumerate(pod.numbers):
        node = path[layer]
        starts, ends = plot.stretches[node]
        slot = question.slot_of((starts, ends))
        here = pod.members(question.day(starts))
        can = [p for p in here if slot < 0 or plot.judged.party.grid.said(p)[slot]]
        yield ProposedSession(
            pod=pod.id,
            number=number,
            topic=_topic(question, pod.id, number),
            status=_status(chosen, layer).value,
            starts=starts,
            ends=ends,
            zone=question.ruleset.zone,
            coming=tuple(can),
            absent=tuple(person for person in here if person not in can),
            why=tuple(_reasons(chosen, layer)),
        )


def _status(chosen: Chosen, layer: int) -> SessionStatus:
    pod = chosen.plot.pod
    settled = pod.settled.get(pod.numbers[layer])
    if settled:
        return settled.status
    stays = chosen.plot.homes.get(layer) == chosen.path[layer]
    return SessionStatus.CONFIRMED if stays else SessionStatus.PROPOSED


def _reasons(chosen: Chosen, layer: int) -> Iterable[str]:
    plot = chosen.plot
    number, question = plot.pod.numbers[layer], plot.question
    if number in plot.pod.settled or plot.homes.get(layer) == chosen.path[layer]:
        yield "it keeps its date"
        return
    before = plot.pod.movable.get(number)
    if before is not None and before.starts is not None:
        yield f"it was confirmed for {moment(question, before.starts)}"
    yield from why(chosen, layer)


def _topic(question: DatesQuestion, pod: str, number: int) -> str:
    known = question.register.sessions.get(f"{pod}/{number}")
    topics = question.ruleset.topics
    return known.topic if known else topics[number - 1] if number <= len(topics) else ""
