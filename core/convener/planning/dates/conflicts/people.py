"""Whose answers stand in the way of a pod's dates, and which few of them would have to be another."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from convener.model import Relaxation
from convener.planning.dates.conflicts.case import Case
from convener.planning.dates.conflicts.trial import Trial, smallest, trial_of
from convener.planning.dates.judging import Judged, quorums
from convener.planning.dates.series import FAR, IntArray
from convener.planning.dates.slots import BoolArray
from convener.planning.dates.solver import again
from convener.planning.dates.wording import few, when

SHOWN = 3
"""Slots, or people, that are named one by one."""


@dataclass(frozen=True, slots=True, eq=False)
class Request:
    """What people of one pod would have to say yes to."""

    judged: Judged
    slots: Mapping[str, Sequence[int]]
    """For each person the slots."""


def in_the_way(judged: Judged) -> tuple[str, ...] | None:
    """Return the fewest people of a pod with whose yes to everything it would have dates; None when nobody's do.

    Of equally few, those who have not answered at all are named.
    """
    party, question = judged.party, judged.party.grid.question
    trial = trial_of(judged)
    refusing = [p for p in (*party.members, *party.coaches) if not party.grid.said(p).all()]
    silent = [person for person in refusing if person not in question.answers]
    order = [*silent, *(person for person in refusing if person not in silent)]

    def enough(people: Collection[str]) -> bool:
        return _willing(judged, trial, people).possible(trial.names)

    return smallest(order, enough, silent) if enough(order) else None


def _willing(judged: Judged, trial: Trial, people: Collection[str]) -> Trial:
    """Return *trial* as if *people* had said yes to everything."""
    more = trial.open.shape[1] - len(judged.answers)
    short = _missing(judged, people) >= FAR
    free = np.concatenate([short, np.zeros(more, dtype=np.bool_)])
    return replace(trial, closed={**trial.closed, **dict.fromkeys(quorums(judged), free)})


def _missing(judged: Judged, people: Collection[str]) -> IntArray:
    """(slots,) how many of *people* would have to say yes to meet every quorum; `FAR` where all are not enough."""
    party = judged.party
    refused = sum((row for _, row in _refusing(judged, people)), np.zeros(len(judged.answers), dtype=np.int64))
    short = np.zeros(len(judged.answers), dtype=np.int64)
    uncoached = np.zeros(len(judged.answers), dtype=np.bool_)
    for terms in quorums(judged).values():
        short = np.maximum(short, party.needed(terms) - party.can)
        uncoached |= np.full(len(short), terms.coach) & ~party.led
    promised = np.zeros(len(short), dtype=np.bool_)
    for at, coach in enumerate(party.coaches):
        promised |= party.leads[at] & (coach in people)
    hopeless = (short > refused) | (uncoached & ~promised)
    return np.where(hopeless, FAR, short + uncoached)


def _refusing(judged: Judged, people: Collection[str]) -> Iterable[tuple[str, BoolArray]]:
    party = judged.party
    for at, person in enumerate(party.members):
        if person in people:
            yield person, party.here[at] & (party.grid.said(person) == 0)


def request(judged: Judged, people: Collection[str]) -> Request | None:
    """Return the fewest answers of *people* that would have to be yes for the pod to have dates."""
    trial = trial_of(judged)
    missing = _missing(judged, people)
    kept = trial.open.shape[1] - len(missing)
    cost = np.concatenate([missing, np.zeros(kept, dtype=np.int64)])
    found = again(trial.series([name for name in trial.names if name not in quorums(judged)], cost), ())
    if found is None:
        return None
    slots: dict[str, list[int]] = {}
    for slot in (node for node in found[1] if node < len(missing) and missing[node]):
        for person in _wanted(judged, people, slot):
            slots.setdefault(person, []).append(slot)
    return Request(judged, slots)


def _wanted(judged: Judged, people: Collection[str], slot: int) -> list[str]:
    """Return who of *people* is to say yes to a slot."""
    party, rules = judged.party, quorums(judged).values()
    size, can = int(party.size[slot]), int(party.can[slot])
    short = max((terms.needed(size) - can for terms in rules), default=0)
    found = [person for person, row in _refusing(judged, people) if row[slot]][: max(short, 0)]
    if any(terms.coach for terms in rules) and not party.led[slot]:
        found += [coach for at, coach in enumerate(party.coaches) if party.leads[at, slot] and coach in people]
    return found


def ask(case: Case, requests: Sequence[Request]) -> Relaxation | None:
    """Return whom to ask about what, once it is proved that their yes is enough; None when it is not."""
    yes: dict[str, list[int]] = {}
    by_person: dict[str, list[str]] = {}
    for each in requests:
        question = each.judged.party.grid.question
        for person, slots in each.slots.items():
            yes.setdefault(person, []).extend(slots)
            heard = person in question.answers
            by_person.setdefault(person, [when(question, question.slots[at]) for at in slots] if heard else [])
    if not yes or not case.works(case.answered({id(r.judged.party.grid.question): yes for r in requests})):
        return None
    question = requests[0].judged.party.grid.question
    unheard = [question.name(person) for person, about in sorted(by_person.items()) if not about]
    said = [f"get an answer from {few(unheard, SHOWN)}"] if unheard else []
    said += [f"ask {question.name(p)} about {few(about, SHOWN)}" for p, about in sorted(by_person.items()) if about]
    return Relaxation(words="; ".join(said), cost=sum(map(len, yes.values())), asks=tuple(sorted(yes)))
