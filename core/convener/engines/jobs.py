"""Jobs: what workers take from the queue. They name programmes, clients and connectors, and never a person."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Self


class Work(StrEnum):
    """Kinds of job, the most urgent first."""

    TICK = "tick"
    """Decide one programme: what is not decided cannot be sent."""
    DELIVER = "deliver"
    """Send one batch of what is due for one client through one connector."""
    SYNC = "sync"
    """Read the rosters of one client."""
    HOUSEKEEPING = "housekeeping"


URGENCY = {work: len(Work) - place for place, work in enumerate(Work)}
"""How urgent each kind is; the higher goes first, and of the same kind whoever has waited longest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One thing for one worker to do."""

    work: Work
    subject: str = ""
    """`client/programme` of a tick, `client/connector` of a delivery, the client of a sync."""
    nth: int = 1
    """Which of several jobs with the same subject, which may be done side by side."""
    at: datetime | None = None
    """The moment it is done for; the present of whoever does it without one."""

    @property
    def name(self) -> str:
        """What tells it from every other: no two jobs of one name wait in the queue, and no two are done at once."""
        return f"{self.work}:{self.subject}" + (f"#{self.nth}" if self.nth > 1 else "")

    def told(self) -> dict[str, str | int]:
        """Return it as the queue keeps it."""
        at = self.at.isoformat() if self.at else ""
        return {"work": self.work.value, "subject": self.subject, "nth": self.nth, "at": at}

    @classmethod
    def heard(cls, *, work: str, subject: str, nth: int, at: str) -> Self:
        """Return the job that `told` wrote."""
        return cls(work=Work(work), subject=subject, nth=nth, at=datetime.fromisoformat(at) if at else None)
