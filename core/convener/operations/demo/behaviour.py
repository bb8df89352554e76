"""How the people of the demo behave: seeded, so that every run of one seed tells the same story."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

STATUSES = ("attended", "partly", "apologies", "missed")
WEIGHTS = (84, 4, 8, 4)
"""Out of a hundred, about what the recorded registers of the example show."""
WEEKEND = (5, 6)
PRESENT = frozenset({"attended", "partly"})


@dataclass(frozen=True, slots=True)
class Behaviour:
    """Seeded answers of participants and coaches."""

    seed: int

    def statuses(self, session: str, people: Sequence[str]) -> dict[str, str]:
        """Return a status for each address at *session*."""
        return {who: self._of(session, who).choices(STATUSES, WEIGHTS)[0] for who in people}

    def engagement(self, session: str, statuses: dict[str, str]) -> dict[str, int]:
        """Return what the coach saw of everyone who was there; it grows a little over the year."""
        late = int(session.rpartition("/")[2]) > 3  # noqa: PLR2004 - after the third session sets have found their feet
        weights = (1, 3, 18, 48, 30) if late else (2, 8, 35, 40, 15)
        there = [who for who, status in statuses.items() if status in PRESENT]
        return {who: self._of(f"{session} engagement", who).choices(range(1, 6), weights)[0] for who in there}

    def register_arrives(self, session: str, ended: datetime) -> datetime:
        """Return when the coach sends the register: mostly the next weekday morning, now and then after a chase."""
        days = self._of(session, "register").choices((1, 2, 5), (75, 20, 5))[0]
        arrives = ended + timedelta(days=days)
        while arrives.weekday() in WEEKEND:
            arrives += timedelta(days=1)
        return arrives.replace(hour=9, minute=15)

    def _of(self, *about: str) -> Random:
        return Random(" ".join((str(self.seed), *about)))  # noqa: S311 - a story, not a secret
