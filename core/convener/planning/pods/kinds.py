"""Each kind of pod rule as constraints or costs of a sheet."""

from collections.abc import Callable, Sequence
from typing import Any

from ortools.sat.python import cp_model

from convener.planning.pods.bounds import fewest_pairs, least_crossing
from convener.planning.pods.carriers import lacks
from convener.planning.pods.question import apart_pairs, minutes_of, together_pairs, zone_clashes
from convener.planning.pods.sheet import Sheet
from convener.planning.pods.sizes import Frame
from convener.planning.search import Term, total
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


def apply_rules(sheet: Sheet) -> None:
    """Lay every pod rule of the question on *sheet*."""
    for rule in sheet.question.ruleset.rules.values():
        laid = LAID.get(type(rule.terms))
        if laid:
            laid(sheet, rule, rule.terms)


def _pod_size(sheet: Sheet, rule: Rule, terms: PodSize) -> None:
    if rule.inflexible:
        return
    for at, frame in enumerate(sheet.frames):
        over, under = sheet.count(len(frame.people)), sheet.count(terms.min)
        sheet.model.add(over >= sheet.sizes[at] - terms.max)
        sheet.model.add(under >= terms.min * sheet.used[at] - sheet.sizes[at])
        sheet.charge(rule, over + under)


def _same(sheet: Sheet, rule: Rule, terms: Same) -> None:
    if rule.inflexible:
        return  # people of other groups have no seat in the frame
    for column in terms.by:
        for at, frame in enumerate(sheet.frames):
            common = sheet.count(frame.most)
            chosen: list[cp_model.IntVar] = []
            for people in _by_value(sheet, frame, column).values():
                chosen.append(sheet.flag())
                members = total([sheet.seats[person, at] for person in people])
                sheet.model.add(common <= members).only_enforce_if(chosen[-1])
            known = [p for p in frame.people if sheet.question.value(p, column)]
            if chosen:
                sheet.model.add_exactly_one(chosen)
                sheet.charge(rule, total([sheet.seats[p, at] for p in known]) - common)


def _by_value(sheet: Sheet, frame: Frame, column: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for person in frame.people:
        value = sheet.question.value(person, column)
        if value:
            found.setdefault(value, []).append(person)
    return dict(sorted(found.items()))


def _mix(sheet: Sheet, rule: Rule, terms: Mix) -> None:
    for column in terms.by:
        spread: dict[tuple[int, str], list[Term]] = {}
        for at, frame in enumerate(sheet.frames):
            for value, people in _by_value(sheet, frame, column).items():
                members = total([sheet.seats[person, at] for person in people])
                if rule.inflexible:
                    sheet.model.add(members <= 1)
                elif len(people) > 1:
                    pairs = sheet.pairs(members, min(len(people), frame.most))
                    spread.setdefault((frame.group, value), []).append(pairs)
        for (group, value), pairs_of in spread.items():
            frame = next(frame for frame in sheet.frames if frame.group == group)
            holders = len(_by_value(sheet, frame, column)[value])
            sheet.model.add(total(pairs_of) >= fewest_pairs(holders, len(pairs_of)))
            sheet.charge(rule, total(pairs_of))


def _similar(sheet: Sheet, rule: Rule, terms: Similar) -> None:
    for column in terms.by:
        order = sheet.question.order(column)
        place = {p: order[v] for p in sheet.people if (v := sheet.question.value(p, column))}
        for step in range(len(order) - 1):
            crossing: dict[int, list[Term]] = {}
            for at, frame in enumerate(sheet.frames):
                known = [p for p in frame.people if p in place]
                low = total([sheet.seats[p, at] for p in known if place[p] <= step])
                high = total([sheet.seats[p, at] for p in known if place[p] > step])
                crossing.setdefault(frame.group, []).append(_crossed(sheet, low, high, frame.most))
            for group, crossed in crossing.items():
                if not sheet.optional:
                    frames = [frame for frame in sheet.frames if frame.group == group]
                    sheet.model.add(total(crossed) >= _least_crossing(frames, place, step))
                if rule.inflexible:
                    sheet.model.add(total(crossed) == 0)
                else:
                    sheet.charge(rule, total(crossed))


def _crossed(sheet: Sheet, low: Term, high: Term, most: int) -> cp_model.IntVar:
    """Return at least how many pairs of a pod have one below and one above a step of the order."""
    below, above = sheet.count(most), sheet.count(most)
    sheet.model.add(below == low)
    sheet.model.add(above == high)
    crossed = sheet.count(most * most // 4)
    sheet.model.add_multiplication_equality(crossed, [below, above])
    return crossed


def _least_crossing(frames: Sequence[Frame], place: dict[str, int], step: int) -> int:
    known = [place[person] for person in frames[0].people if person in place]
    below = sum(at <= step for at in known)
    return least_crossing(frames, below, len(known) - below)


def _apart(sheet: Sheet, rule: Rule, terms: Apart) -> None:
    for one, other in apart_pairs(sheet.question, terms):
        for at in range(len(sheet.frames)):
            if (one, at) in sheet.seats and (other, at) in sheet.seats:
                both = sheet.seats[one, at] + sheet.seats[other, at]
                broken: Term = 0 if rule.inflexible else sheet.flag()
                sheet.model.add(both <= 1 + broken)
                if not rule.inflexible:
                    sheet.charge(rule, broken)


def _together(sheet: Sheet, rule: Rule, terms: Together) -> None:
    for one, other in together_pairs(sheet.question, terms):
        split: Term = 0 if rule.inflexible else sheet.flag()
        for at in range(len(sheet.frames)):
            sheet.model.add(sheet.sits(one, at) <= sheet.sits(other, at) + split)
        if not rule.inflexible:
            sheet.charge(rule, split)


def _timezone_overlap(sheet: Sheet, rule: Rule, terms: TimezoneOverlap) -> None:
    clashes = zone_clashes(sheet.question, minutes_of(terms))
    for at, frame in enumerate(sheet.frames):
        present: dict[str, Term] = {}
        for zone in sorted({zone for pair in clashes for zone in pair}):
            present[zone] = _zone_present(sheet, frame, at, zone)
        for one, other in clashes:
            broken: Term = 0 if rule.inflexible else sheet.flag()
            sheet.model.add(present[one] + present[other] <= 1 + broken)
            if not rule.inflexible:
                sheet.charge(rule, broken)


def _zone_present(sheet: Sheet, frame: Frame, at: int, zone: str) -> Term:
    present = sheet.flag()
    for person in frame.people:
        if sheet.question.zone(person) == zone:
            sheet.model.add(present >= sheet.seats[person, at])
    for carrier in sheet.question.carriers if sheet.question.coached else ():
        if carrier.zone == zone:
            sheet.model.add(present >= sheet.coaching[carrier.id, at])
    return present


def _coach_load(sheet: Sheet, rule: Rule, terms: CoachLoad) -> None:
    if rule.inflexible or terms.max_pods is None or not sheet.question.coached:
        return  # an inflexible limit is in the carriers' room already
    for carrier in sheet.question.carriers:
        over = sheet.count(len(sheet.frames))
        takes = total([sheet.coaching[carrier.id, at] for at in range(len(sheet.frames))])
        sheet.model.add(over >= takes - max(terms.max_pods - carrier.carries, 0))
        sheet.charge(rule, over)


def _coach_accredited(sheet: Sheet, rule: Rule, terms: CoachAccredited) -> None:
    if rule.inflexible or not sheet.question.coached:
        return  # coaches without it are no carriers
    for carrier in sheet.question.carriers:
        if lacks(carrier, terms):
            sheet.charge(rule, total([sheet.coaching[carrier.id, at] for at in range(len(sheet.frames))]))


LAID: dict[type, Callable[[Sheet, Rule, Any], None]] = {
    PodSize: _pod_size,
    Same: _same,
    Mix: _mix,
    Similar: _similar,
    Apart: _apart,
    Together: _together,
    TimezoneOverlap: _timezone_overlap,
    CoachLoad: _coach_load,
    CoachAccredited: _coach_accredited,
}
"""What lays each kind on a sheet."""
