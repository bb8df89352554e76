"""The coordinator: the one thread that owns the books, while senders hand over what it claimed."""

import math
import threading
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from contextlib import closing
from datetime import datetime
from uuid import uuid4

from convener.clock import SystemClock
from convener.errors import AmbiguousError
from convener.operations.delivery.books import Books
from convener.operations.delivery.breakers import Breaker
from convener.operations.delivery.lanes import Lanes
from convener.operations.delivery.lines import LOW, Desk, Errand, Line, Result
from convener.operations.delivery.outcomes import Outcome, back, hindrance_of, outcome_of
from convener.operations.delivery.tally import DeliverReport, Sent, Tally
from convener.operations.standing import require_free
from convener.operations.workspace import Workspace

TURN = 0.02
"""Seconds after which the coordinator looks up, whether or not a sender rang: what was sent is soon settled."""
PATIENCE = 60.0
"""Seconds after which a run takes nothing more, so that a daemon sees to other things too."""
_WIRE = SystemClock()
"""What is on the wire takes real time, whatever clock the workspace lives by."""


def deliver(workspace: Workspace, *, at: datetime | None = None, owner: str = "") -> DeliverReport:
    """Deliver everything due by *at*, once; one dispatch or connector that fails does not stop the others (P14).

    *owner* names this run in the leases, a new name without one. Ctrl-C lets what is on the wire end, a second one
    does not. Raise HeldError while nothing may go out, and StoreError when the database fails.
    """
    halt, report = threading.Event(), Future[DeliverReport]()

    def work() -> None:
        try:
            with closing(Delivery(workspace, owner=owner, halt=halt)) as delivery:
                report.set_result(delivery.run(at=at, patience=math.inf))
        except BaseException as error:  # noqa: BLE001 - told by whoever waits
            report.set_exception(error)

    # in a thread of its own, because an interrupt in the middle of a transaction would leave it open
    threading.Thread(target=work, name="coordinator", daemon=True).start()
    try:
        return report.result()
    except KeyboardInterrupt:
        halt.set()
        report.result()
        raise


class Delivery:
    """Delivers what is due, run by run; its breakers, limits and senders last from one to the next."""

    def __init__(
        self,
        workspace: Workspace,
        *,
        owner: str = "",
        is_heir: bool = False,
        halt: threading.Event | None = None,
        observe: Callable[[Sent], None] | None = None,
    ) -> None:
        """Make one whose claims are in the name of *owner*.

        *is_heir* says that every daemon before it is dead. Once *halt* is set, what is on the wire ends and nothing new
        begins. *observe* hears of every settled dispatch.
        """
        owner = owner or f"deliver-{uuid4().hex}"
        self._workspace = workspace
        self._halt = halt or threading.Event()
        self._desk = Desk(now=workspace.clock.now, halt=self._halt)
        self._lines: dict[str, Line] = {}
        self._books = Books(workspace=workspace, owner=owner, line=self._line, observe=observe, is_heir=is_heir)
        self._ends = math.inf
        """When the run takes nothing more, on the clock's steady count."""

    def run(
        self,
        *,
        at: datetime | None = None,
        client: str = "",
        connector: str = "",
        limit: int | None = None,
        patience: float = PATIENCE,
    ) -> DeliverReport:
        """Deliver what is due at *at*, or now; of one *client* or *connector*, or up to *limit* dispatches if named.

        After *patience* seconds nothing more is taken. Raise HeldError while nothing may go out of this database, and
        StoreError when it fails and nothing is on the wire any more; what is known and not settled is kept for the
        next run.
        """
        require_free(self._workspace)
        clock = self._workspace.clock
        self._desk.now = clock.now if at is None else lambda: at
        self._ends = clock.steady() + patience
        self._books.tally = Tally()
        lanes = self._lanes(client, connector, limit)
        self._one_by_one(self._books.recover(self._desk.now()))
        self._drive(lanes)
        return self._books.tally.report(self._books.close(lanes))

    def breakers(self) -> Mapping[str, str]:
        """Return by connector how its breaker stands: `closed`, `open` or `half-open`; from any thread."""
        now = self._workspace.clock.now()
        return {name: line.breaker.state(now) for name, line in sorted(self._lines.copy().items())}

    def close(self) -> None:
        """Let the senders end and the connectors rest."""
        self._collect()
        for line in self._lines.values():
            line.close()
        self._lines.clear()
        self._workspace.connectors.rest()

    def _line(self, name: str) -> Line:
        if name not in self._lines:
            self._lines[name] = Line(self._workspace, name, self._desk)
        return self._lines[name]

    def _lanes(self, client: str, connector: str, limit: int | None) -> Lanes:
        return Lanes(
            line=self._line,
            owner=self._books.owner,
            client=client,
            connector=connector,
            left=limit,
            looked=self._desk.now(),
        )

    def _one_by_one(self, suspects: Iterable[Outcome]) -> None:
        """Send each of *suspects* with nothing else on the wire, so that one that kills its process dies alone.

        They have waited longest, so they come first in their lanes.
        """
        for suspect in suspects:
            dispatch = suspect.claim.row.dispatch
            self._drive(self._lanes(dispatch.client, dispatch.connector, 1))

    def _drive(self, lanes: Lanes) -> None:
        """Take from *lanes* and settle until nothing is in hand and nothing more is to be taken."""
        while True:
            self._desk.bell.clear()
            self._collect()
            is_ending = self._halt.is_set() or self._workspace.clock.steady() >= self._ends
            self._send_off(self._books.exchange(lanes, self._desk.now(), is_ending=is_ending), is_last=lanes.over)
            if self._books.is_open:
                _WIRE.wait(TURN, self._desk.bell)
            elif is_ending or not self._may_go_on(lanes):
                return

    def _may_go_on(self, lanes: Lanes) -> bool:
        """Tell whether there is something to take, after the wait for a limit that lets it go before the run ends."""
        if not lanes.over:
            return True
        if lanes.refills is None or lanes.left == 0:
            return False
        clock = self._workspace.clock
        wait = (lanes.refills - self._desk.now()).total_seconds()
        if self._desk.now != clock.now or clock.steady() + wait >= self._ends:
            return False
        clock.wait(wait, self._halt)
        lanes.forget()
        return True

    def _send_off(self, errands: Iterable[Errand], *, is_last: bool) -> None:
        """Let the senders have *errands*, and tell them when to ring for more."""
        for errand in errands:
            errand.line.put(errand)
        for line in self._lines.values():
            line.low = 0 if is_last else max(0, LOW - line.senders)

    def _collect(self) -> None:
        """Take in what the senders have put down, and what they will never put down."""
        now = self._desk.now()
        while self._desk.results:
            result = self._desk.results.popleft()
            self._end(result, now)
            if result.judged:
                result.judged.set()
        for line in self._lines.values():
            for errand in line.give_up_hung():
                self._end(Result(errand, AmbiguousError("no answer long after its deadline")), now)
            if self._halt.is_set():
                self._withdraw(line)

    def _end(self, result: Result, now: datetime) -> None:
        """Note how one errand ended; a sender that was given up is not heard any more."""
        errand, line = result.errand, result.errand.line
        if self._books.flying.get(errand.key) is not errand:
            return
        if result.unsent:
            self._land(errand, back(errand.claim))
            return
        self._land(errand, outcome_of(errand.claim, result.error, line.policy, now, turn=line.breaker.turn(now)))
        hindrance = hindrance_of(result.error)
        line.breaker = line.breaker.failed(hindrance, now) if hindrance else Breaker()
        if line.breaker.state(now) == "open":
            self._withdraw(line)

    def _withdraw(self, line: Line) -> None:
        """Give back what no sender of *line* has taken."""
        for errand in line.withdraw():
            self._land(errand, back(errand.claim))

    def _land(self, errand: Errand, outcome: Outcome) -> None:
        del self._books.flying[errand.key]
        errand.line.in_hand -= 1
        self._books.ended.append(outcome)
