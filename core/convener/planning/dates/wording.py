"""Dates, people and rules in words."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from convener.model import Answer, Slot
from convener.planning.dates.judging import Judged
from convener.planning.dates.question import DatesQuestion
from convener.planning.pods.question import joined
from convener.rulesets.kinds import Quorum


def day_of(question: DatesQuestion, instant: datetime) -> str:
    """Return the programme's date of *instant* as people write it."""
    return f"{question.day(instant):%-d %B %Y}"


def moment(question: DatesQuestion, instant: datetime) -> str:
    """Return *instant* on the programme's clock as people write it."""
    return f"{question.local(instant):%-d %B %Y %H:%M}"


def when(question: DatesQuestion, slot: Slot) -> str:
    """Return a slot as people write it: the date alone where whole days were asked about."""
    return day_of(question, slot.starts) if slot.whole_day else moment(question, slot.starts)


def absent(judged: Judged, slot: int) -> list[str]:
    """Return ids of the members who cannot come to a slot."""
    party = judged.party
    return [p for at, p in enumerate(party.members) if party.here[at, slot] and not party.grid.said(p)[slot]]


def forbidding(judged: Judged, slot: int) -> Iterable[str]:
    """Say which inflexible rules forbid a slot, and why; and whether nobody could lift it."""
    question = judged.party.grid.question
    for name, (rule, units) in judged.units.items():
        if rule.inflexible and units[slot]:
            yield f"{name}: {_quorum(judged, rule.terms, slot)}" if isinstance(rule.terms, Quorum) else name
    if judged.elsewhere[slot]:
        busy = [p for p in (*judged.party.coaches, *judged.party.members) if judged.party.grid.away(p)[slot]]
        yield f"{joined([question.name(p) for p in busy])} away or engaged"


def _quorum(judged: Judged, terms: Quorum, slot: int) -> str:
    party = judged.party
    size, can = int(party.size[slot]), int(party.can[slot])
    said = [f"{can} of {size} can come, {terms.needed(size)} are needed"] if can < terms.needed(size) else []
    if terms.coach and not party.led[slot]:
        question, day = party.grid.question, party.grid.question.day(party.grid.question.slots[slot].starts)
        coach = judged.pod.coach(day)
        said.append(f"{question.name(coach)} cannot come" if coach else "there is no coach")
    return " and ".join(said)


def if_needed(question: DatesQuestion, people: Iterable[str], slot: int) -> list[str]:
    """Return names of those who come to a slot only if needed."""
    return [question.name(p) for p in people if question.answer(p, slot) is Answer.IF_NEEDED]


def few(names: Sequence[str], most: int) -> str:
    """Return names as people list them; of more than *most* and one the first few, and how many more there are."""
    more = len(names) - most
    return joined(names) if more <= 1 else f"{', '.join(names[:most])} and {more} more"
