"""How people behave in the demo and in a rehearsed year: seeded, so that every run of one seed tells the same story."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from random import Random

from convener.rulesets.kinds import StatusMeaning

USUAL = {"attended": 84, "partly": 4, "apologies": 8, "missed": 4}
"""How many of a hundred have each status, about what the recorded registers of the example show."""
THERE, AWAY = 88, 12
"""How many are there and how many are not, for a client with other words."""
SILENT = 25
"""How many of a hundred never answer a poll."""
HOURS, OFTEN = (1, 5, 26, 76, 124), (25, 30, 20, 15, 10)
"""After how many hours the others answer, and how often of a hundred."""
WEEKEND = (5, 6)


@dataclass(frozen=True, slots=True)
class Behaviour:
    """Seeded answers of participants and coaches."""

    seed: int
    statuses: Mapping[str, StatusMeaning]
    """What the client's statuses mean."""

    def attendance(self, session: str, people: Iterable[str]) -> dict[str, str]:
        """Return a status for each address at *session*."""
        weights = weights_of(self.statuses)
        return {who: self._of(session, who).choices(list(weights), list(weights.values()))[0] for who in people}

    def is_there(self, status: str) -> bool:
        """Tell whether *status* means that somebody was there."""
        return self.statuses[status].present

    def engagement(self, session: str, statuses: Mapping[str, str]) -> dict[str, int]:
        """Return what the coach saw of everyone who was there; it grows a little over the year."""
        late = int(session.rpartition("/")[2]) > 3  # noqa: PLR2004 - after the third session sets have found their feet
        weights = (1, 3, 18, 48, 30) if late else (2, 8, 35, 40, 15)
        there = [who for who, status in statuses.items() if self.is_there(status)]
        return {who: self._of(f"{session} engagement", who).choices(range(1, 6), weights)[0] for who in there}

    def register_arrives(self, session: str, ended: datetime) -> datetime:
        """Return when the coach sends the register: mostly the next weekday morning, now and then after a chase."""
        days = self._of(session, "register").choices((1, 2, 5), (75, 20, 5))[0]
        arrives = ended + timedelta(days=days)
        while arrives.weekday() in WEEKEND:
            arrives += timedelta(days=1)
        return arrives.replace(hour=9, minute=15)

    def answers(self, poll: str, subject: str, person: str, asked: datetime) -> datetime | None:
        """Return when *person* answers a poll, None for never; full hours, so that several answer at one instant."""
        random = self._of("answer", poll, subject, person)
        if random.randrange(100) < SILENT:
            return None
        return asked + timedelta(hours=random.choices(HOURS, OFTEN)[0])

    def chosen(self, what: str, people: Sequence[str], share: Fraction) -> list[str]:
        """Return to which of *people* it happens that *what*: as many as *share* of them, rounded."""
        return sorted(self._of(what).sample(sorted(people), round(share * len(people))))

    def weekday(self, what: str, who: str, first: date, last: date) -> date:
        """Return on which weekday from *first* to *last* it happens to *who* that *what*."""
        day = first + timedelta(days=self._of(what, who, "day").randrange(max(1, (last - first).days + 1)))
        while day.weekday() in WEEKEND:
            day += timedelta(days=1)
        return day

    def weeks_away(self, who: str) -> int:
        """Return how long a secondment of *who* lasts."""
        return self._of(who, "away").randrange(6, 19)

    def _of(self, *about: str) -> Random:
        return Random(" ".join((str(self.seed), *about)))  # noqa: S311 - a story, not a secret


def weights_of(statuses: Mapping[str, StatusMeaning]) -> dict[str, int]:
    """Return how often each of the client's *statuses* is: the usual words as usual, others by what they mean."""
    counted = {word: meaning.present for word, meaning in statuses.items() if meaning.counts}
    usual = {word: weight for word, weight in USUAL.items() if word in counted}
    if {counted[word] for word in usual} == {True, False}:
        return usual
    number = {present: list(counted.values()).count(present) for present in (True, False)}
    weights = {word: (THERE if present else AWAY) // number[present] for word, present in counted.items()}
    return weights or dict.fromkeys(statuses, 1)
