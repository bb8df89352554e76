"""Lines: the threads that hand dispatches to one connector, fed by a queue, and what is known of its other side.

Only the coordinator calls a line; its senders touch nothing but the queue, the connector and the desk.
"""

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from queue import Empty, SimpleQueue
from time import monotonic

from convener.errors import ConvenerError, PluginError
from convener.operations.delivery.breakers import TRIPS, Breaker
from convener.operations.delivery.buckets import Bucket
from convener.operations.delivery.handing import hand_over
from convener.operations.delivery.outcomes import hindrance_of
from convener.operations.workspace import Workspace
from convener.ports import Settlement
from convener.store import Claim

BATCH = 100
"""How many rows a line is given at once, unless its connector asks after a death."""
LOW = 50
"""With how many in hand it is given more, so that no sender waits for the database."""
HUNG = 2.0
"""After how many times its connector's deadline a sender is given up: its call never ends."""


@dataclass(slots=True, eq=False)
class Errand:
    """One claimed row on its way through a line."""

    key: str
    """Of the dispatch."""
    claim: Claim
    line: "Line"
    until: datetime
    """When its lease ends; moved on as long as it is in hand."""


@dataclass(frozen=True, slots=True)
class Result:
    """How one errand ended."""

    errand: Errand
    error: ConvenerError | None = None
    """Why it did not go; None when it went."""
    unsent: bool = False
    """Whether it was not even begun."""
    judged: threading.Event | None = None
    """Set once the coordinator knows of it; None when the sender does not wait for that."""


@dataclass(slots=True)
class Desk:
    """What the coordinator and the senders of all lines share."""

    now: Callable[[], datetime]
    """Tells the instant at which everything happens."""
    halt: threading.Event
    """Set when nothing new is to begin."""
    results: deque[Result] = field(default_factory=deque[Result])
    bell: threading.Event = field(default_factory=threading.Event)
    """Rung when results wait that are worth a look."""


class Line:
    """The way to one connector."""

    def __init__(self, workspace: Workspace, name: str, desk: Desk) -> None:
        self.workspace = workspace
        self.name = name
        self.desk = desk
        self.policy, self.deadline = policy_of(workspace, name), _deadline(workspace, name)
        config = workspace.settings.connectors.get(name)
        self.senders = config.senders if config else 1
        self.lease = max(timedelta(seconds=workspace.settings.lease), timedelta(seconds=3 * self.deadline))
        self.breaker = Breaker()
        self.bucket = Bucket(config.per_minute if config else 0)
        self.queue: SimpleQueue[Errand | None] = SimpleQueue()
        self.in_hand = 0
        """How many errands are in the queue or on the wire."""
        self.low = 0
        """With how many errands left in the queue a sender rings the bell for more."""
        self._threads: list[Sender] = []

    def room(self, now: datetime) -> int:
        """Return how many rows it can take at *now*.

        A connector that asks gets one for each free sender, so that no more can be in doubt than were on the wire.
        """
        match self.breaker.state(now):
            case "open":
                room = 0
            case "half-open":
                room = 1 - self.in_hand
            case _ if self.policy is Settlement.ASK:
                room = self.senders - self.in_hand
            case _:
                room = BATCH if self.in_hand <= LOW else 0
        tokens = self.bucket.room(now)
        return max(0, room if tokens is None else min(room, tokens))

    def opens(self, now: datetime) -> datetime | None:
        """Return when its breaker lets something go; None unless that is open at *now*."""
        return self.breaker.until if self.breaker.state(now) == "open" else None

    def refills(self, now: datetime) -> datetime | None:
        """Return when its limit lets something go; None unless there is no token at *now*."""
        return self.bucket.next(now) if self.bucket.room(now) == 0 else None

    def put(self, errand: Errand) -> None:
        """Let a sender take *errand*; another one begins to work when all are busy."""
        self.bucket = self.bucket.take(1, self.desk.now())
        self.in_hand += 1
        self.queue.put(errand)
        if len(self._threads) < min(self.senders, self.in_hand):
            self._threads.append(Sender(self))

    def withdraw(self) -> list[Errand]:
        """Take back what no sender has taken yet."""
        errands: list[Errand] = []
        while True:
            try:
                errand = self.queue.get_nowait()
            except Empty:
                return errands
            if errand is not None:
                errands.append(errand)

    def give_up_hung(self) -> list[Errand]:
        """Give up the senders whose call never ends, isolate the connector, and return what they were at."""
        hung = [(sender, errand) for sender in self._threads if (errand := sender.hangs_at())]
        for sender, _ in hung:
            sender.given_up = True
            self._threads.remove(sender)
        if hung:
            self.workspace.connectors.isolate(self.name)
            self.deadline = _deadline(self.workspace, self.name)  # a process of its own takes time to start
            self._threads += [Sender(self) for _ in range(min(len(hung), self.queue.qsize()))]
        return [errand for _, errand in hung]

    def close(self) -> None:
        """Let every sender end once it has done what it is at."""
        for _ in self._threads:
            self.queue.put(None)
        for sender in self._threads:
            sender.join(timeout=HUNG * self.deadline)


class Sender(threading.Thread):
    """One thread that hands dispatches over, one after the other."""

    def __init__(self, line: Line) -> None:
        super().__init__(name=f"sender-{line.name}", daemon=True)  # one that hangs must not keep the process
        self.given_up = False
        self._line = line
        self._work: tuple[Errand, float] | None = None
        """What it is at, and since when."""
        self.start()

    def hangs_at(self) -> Errand | None:
        """Return the errand whose call should have ended long ago, None when there is none."""
        work = self._work
        return work[0] if work and monotonic() - work[1] > HUNG * self._line.deadline else None

    def run(self) -> None:
        """Work until told to end, or given up."""
        line = self._line
        while not self.given_up and (errand := line.queue.get()) is not None:
            self._work = errand, monotonic()
            result = self._carry_out(errand)
            self._work = None
            if not self.given_up:
                self._put_down(result)

    def _carry_out(self, errand: Errand) -> Result:
        """Hand *errand* over, unless its lease could end meanwhile: then somebody else might send it too."""
        line, desk = self._line, self._line.desk
        if desk.halt.is_set() or desk.now() + timedelta(seconds=line.deadline) > errand.until:
            return Result(errand, unsent=True)
        error = hand_over(line.workspace, errand.claim, line.policy)
        return Result(errand, error, judged=threading.Event() if hindrance_of(error) in TRIPS else None)

    def _put_down(self, result: Result) -> None:
        """Leave *result* on the desk; what may open the breaker is judged before anything else is begun."""
        line = self._line
        line.desk.results.append(result)
        if result.judged or line.queue.qsize() <= line.low:
            line.desk.bell.set()
        if result.judged:
            result.judged.wait()


def policy_of(workspace: Workspace, name: str) -> Settlement:
    """Return how connector *name* settles what may have arrived; of one that is not there a person must say."""
    try:
        settlement = workspace.connectors.settlement(name)
        can_tell = settlement is not Settlement.LOOKUP or workspace.connectors.lookup(name) is not None
    except PluginError:
        return Settlement.ASK
    return settlement if can_tell else Settlement.ASK


def _deadline(workspace: Workspace, name: str) -> float:
    try:
        return workspace.connectors.deadline(name)
    except PluginError:
        return 1.0
