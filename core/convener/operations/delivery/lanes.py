"""Lanes: what is taken next, from every client in turn, so that nobody waits for somebody else's thousands."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from convener.operations.delivery.lines import Line
from convener.store import Claim, Lane, Transaction

LOOK = 10
"""After how many claims the lanes are looked up anew, for what has come in meanwhile."""


@dataclass(slots=True, kw_only=True)
class Lanes:
    """Takes from each lane in turn as much as its line has room for."""

    line: Callable[[str], Line]
    owner: str
    client: str = ""
    connector: str = ""
    """Only these, where they are named."""
    left: int | None = None
    """How many more may be taken; None for all."""
    looked: datetime
    """When it was last looked what is due; at first when the run began."""
    opens: datetime | None = None
    """When a breaker lets something go that is due."""
    refills: datetime | None = None
    """When a limit lets something go that is due."""
    over: bool = False
    """Whether nothing more is to be taken: nothing is due, nothing of it may go now, or enough was taken."""
    _turns: list[Lane] = field(default_factory=list[Lane])
    """Those that may have more, in the order in which they come next."""
    _claims: int = 0
    """Since the lanes were looked up."""

    @property
    def more(self) -> bool:
        """Whether something was left that is due."""
        return bool(self._turns)

    def wants(self, now: datetime) -> bool:
        """Tell whether it is worth a transaction to take something."""
        lines = {self.line(lane.connector) for lane in self._turns}
        if self.over:
            return False
        return not lines or any(line.room(now) for line in lines) or not any(line.in_hand for line in lines)

    def take(self, tx: Transaction, now: datetime) -> list[Claim]:
        """Claim what there is room for; raise StoreError. What was taken counts once it is told by `took`."""
        if not self._turns or self._claims >= LOOK:
            self._turns = [lane for lane in tx.waiting(now) if self._is_mine(lane)]
            self._claims = 0
        self.looked, self.opens, self.refills = now, None, None
        taken: list[Claim] = []
        held: Counter[str] = Counter()
        passed_over: list[Lane] = []
        served: list[Lane] = []
        is_busy = False
        for lane in self._turns:
            line = self.line(lane.connector)
            room = line.room(now) - held[line.name]
            if self.left is not None:
                room = min(room, self.left - len(taken))
            claims = self._claim(tx, now, lane, room) if room > 0 else []
            if room <= 0:
                passed_over.append(lane)
            elif len(claims) == room:
                served.append(lane)
            taken += claims
            held[line.name] += len(claims)
            is_busy = bool(claims) or self._is_busy(line, now) or is_busy
        self._turns = [*passed_over, *served]
        self.over = not is_busy or self.left == len(taken)
        return taken

    def took(self, count: int) -> None:
        """Note that *count* rows were taken for good."""
        if self.left is not None:
            self.left -= count

    def forget(self) -> None:
        """Look everything up again: what was taken last was not committed."""
        self._turns = []
        self.over = False

    def _is_mine(self, lane: Lane) -> bool:
        return self.client in ("", lane.client) and self.connector in ("", lane.connector)

    def _claim(self, tx: Transaction, now: datetime, lane: Lane, room: int) -> list[Claim]:
        self._claims += 1
        lease = self.line(lane.connector).lease
        return tx.claim(now, lease=lease, limit=room, owner=self.owner, client=lane.client, connector=lane.connector)

    def _is_busy(self, line: Line, now: datetime) -> bool:
        """Tell whether *line* has no room only because of what it has in hand; note when another one has."""
        opens, refills = line.opens(now), line.refills(now)
        if opens:
            self.opens = min(opens, self.opens or opens)
        elif refills:
            self.refills = min(refills, self.refills or refills)
        return not opens and not refills and line.in_hand > 0
