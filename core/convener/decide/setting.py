"""What a decision is about: the rules, the register, and the stretch of time asked over."""

from dataclasses import dataclass
from datetime import datetime

from convener.decide.index import Index
from convener.decide.moments.timing import Life
from convener.decide.prepared import Prepared, PreparedAutomation


@dataclass(frozen=True, slots=True)
class Window:
    """The stretch of time decided over: *since* excluded, *now* included."""

    since: datetime
    now: datetime
    rehearsal: bool = False
    """Whether to decide as if it had been asked at every instant, not only at the end."""

    def present(self, due: datetime) -> datetime:
        """Return the instant at which an occurrence due at *due* is decided over."""
        return max(due, self.since) if self.rehearsal else self.now


@dataclass(frozen=True, slots=True)
class Setting:
    """What every question of one decision refers to."""

    prepared: Prepared
    index: Index
    window: Window

    def lives_of(self, automation: PreparedAutomation) -> tuple[Life, ...]:
        """Return the lives by which *automation* falls due."""
        made = automation.automation
        return self.index.lives_of("programme" if made.in_programme_zone else made.for_each)
