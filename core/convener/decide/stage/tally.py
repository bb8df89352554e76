"""What has gone out so far on a stage, counted as the ledger counts it, so that the volume guard judges alike."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from convener.decide.moments.timing import local
from convener.model import Dispatch, Register
from convener.model.dispatches import DISTURBING
from convener.model.traffic import REMEMBERED, Traffic


@dataclass(slots=True)
class Tally:
    """Messages by person and day, and by day of the programme; the latest of each automation."""

    zone: str
    """Zone of the programme."""
    per_day: Counter[tuple[str, str]] = field(default_factory=Counter)
    days: Counter[date] = field(default_factory=Counter)
    last: dict[str, datetime] = field(default_factory=dict)

    def add(self, dispatch: Dispatch, register: Register, *, goes: bool = True) -> None:
        """Count *dispatch*; one that does not go by itself only as the latest of its automation."""
        known = self.last.get(dispatch.automation)
        self.last[dispatch.automation] = max(known, dispatch.due) if known else dispatch.due
        if goes:
            self._count(dispatch, register, 1)

    def take_back(self, dispatch: Dispatch, register: Register) -> None:
        """Count *dispatch* no longer: it was called off or came too late."""
        self._count(dispatch, register, -1)

    def add_elsewhere(self, per_day: Mapping[tuple[str, str], int]) -> None:
        """Count what other programmes sent, by address and day."""
        self.per_day.update(per_day)

    def traffic(self, now: datetime) -> Traffic:
        """Return what the volume guard must know at *now*."""
        today, first = local(now, self.zone).date(), local(now - REMEMBERED, self.zone).date()
        return Traffic(
            per_day=self.per_day,
            days=tuple(count for day, count in sorted(self.days.items()) if first <= day < today and count),
            today=self.days[today],
            last=self.last,
        )

    def _count(self, dispatch: Dispatch, register: Register, step: int) -> None:
        if dispatch.verb not in DISTURBING:
            return
        self.days[local(dispatch.due, self.zone).date()] += step
        person = register.people.get(dispatch.recipient)
        if person is not None:
            day = local(dispatch.due, person.zone or self.zone).date().isoformat()
            self.per_day[person.email.casefold(), day] += step
