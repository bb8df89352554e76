"""`engine = "procrastinate"`: any number of workers, on any number of machines, share the work through PostgreSQL."""

import threading
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from convener.clock import Clock, SystemClock
from convener.engines.embedded import Embedded
from convener.engines.jobs import Job, Work
from convener.engines.queue import Queue
from convener.engines.worker import Worker
from convener.errors import ConvenerError
from convener.model import Span
from convener.operations.delivery import DeliverReport
from convener.operations.standing import require_free
from convener.operations.sync import SyncReport
from convener.operations.tick import TickReport, together
from convener.operations.workspace import Workspace

BATCH = 100
"""Dispatches that one job sends at most, before the next client's turn comes."""
SIDE_BY_SIDE = 8
"""Jobs at most that send for one client through one connector at the same time."""
LOOKS = (0.005, 0.25)
"""Seconds between two looks whether jobs are done, at first and at most."""
SHARE = 0.8
"""Part of a rhythm within which no other worker does the same again."""
GRACE = 30.0
"""Seconds that the job at hand has to end."""
KEPT = 1000
"""Of how many jobs it is known what became of them, until somebody asks."""

Report = TickReport | DeliverReport | SyncReport | None
Done = tuple[Job, Report | Exception]
"""A job and what became of it."""


@dataclass(slots=True)
class Queued:
    """Puts a job for everything that is due into the queue, and is one of the workers itself."""

    workspace: Workspace
    hands: Embedded
    """What does the jobs that come to this process."""
    queue: Queue
    worker: Worker = field(init=False)
    clock: Clock = field(default_factory=SystemClock)
    """The queue lives in the present, even where the story of a demo does not."""

    _done: deque[Done] = field(default_factory=lambda: deque(maxlen=KEPT))
    """What this process did and nobody has asked for."""
    _busy_since: float | None = None
    """When this process began the job it is at, on the steady count."""
    _noting: threading.Lock = field(default_factory=threading.Lock)
    _working: threading.Lock = field(default_factory=threading.Lock)
    """Held while a job is done: a worker that begins anew waits for what it left."""

    def tick(self, *, at: datetime | None = None) -> TickReport:
        """Have a job done for each programme that is due."""
        require_free(self.workspace)
        now = at or self.workspace.clock.now()
        rules = self.workspace.rules
        stamps = {client: rules.stamp(client) for client in rules.clients()}
        with self.workspace.store.begin() as tx:
            tx.stamp_rules(stamps)
            scopes = tx.due(now)
        reports = self._have_done(Work.TICK, [Job(work=Work.TICK, subject=scope, at=at) for scope in scopes])
        with self.workspace.store.begin() as tx:
            next_due = tx.earliest_due(now)
        return replace(together(each for each in reports if isinstance(each, TickReport)), next_due=next_due)

    def deliver(self, *, at: datetime | None = None) -> DeliverReport:
        """Have jobs done for each client and connector that something is due for."""
        require_free(self.workspace)
        now = at or self.workspace.clock.now()
        reports = self._have_done(Work.DELIVER, _batches(self._lanes(now), at))
        done = [each for each in reports if isinstance(each, DeliverReport)]
        with self.workspace.store.begin() as tx:
            later = tx.next_delivery(after=now)  # past by now, if it fell due while the jobs were done
        ended = at or self.workspace.clock.now()  # what a job left for the next one is done by then
        left = [report.next_due for report in done if report.next_due and report.next_due > ended]
        return _summed(done, min([*left, *([later] if later else [])], default=None))

    def sync(self, client: str) -> SyncReport:
        """Have the rosters of *client* read, unless another worker has done so in this rhythm."""
        reports = self._have_done_once(Job(work=Work.SYNC, subject=client), self.workspace.settings.sync)
        return sum((each for each in reports if isinstance(each, SyncReport)), start=SyncReport())

    def housekeep(self) -> None:
        """Have things cleared up, unless another worker has done so in this rhythm."""
        self._have_done_once(Job(work=Work.HOUSEKEEPING), self.workspace.settings.housekeeping)

    def breakers(self) -> Mapping[str, str]:
        """Return how the breakers of this process stand."""
        return self.hands.breakers()

    def halt(self) -> None:
        """Take no more jobs, and let what is on the wire end."""
        self.hands.halt()
        self.worker.stop()

    def close(self) -> None:
        """Halt, wait a while for the job that is being done, and let go of the queue."""
        self.halt()
        self.worker.join(GRACE)
        self.hands.close()
        self.queue.close()

    def do(self, job: Job) -> None:
        """Do one job here, and keep what became of it until somebody asks."""
        with self._working:
            self._busy_since = self.clock.steady()
            try:
                done: Done = (job, self._do(job))
            except Exception as error:  # noqa: BLE001 - the caller who waits hears of it, and the worker goes on
                done = (job, error)
            self._busy_since = None
        with self._noting:
            self._done.append(done)

    def _do(self, job: Job) -> Report:
        match job.work:
            case Work.TICK:
                return self.hands.tick(job.subject, at=job.at)
            case Work.DELIVER:
                return self._deliver(job)
            case Work.SYNC:
                synced = self.hands.sync(job.subject)
                self._note_done(job)
                return synced
            case Work.HOUSEKEEPING:
                self.hands.housekeep()
                self._note_done(job)
                return None

    def _deliver(self, job: Job) -> DeliverReport:
        """Send one batch; when something may be left that is due, the next goes to the back of the line."""
        client, _, connector = job.subject.partition("/")
        report = self.hands.deliver(at=job.at, client=client, connector=connector, limit=BATCH)
        now = job.at or self.workspace.clock.now()
        if self.hands.halted.is_set() or (report.next_due and report.next_due <= now):
            self.queue.put([job])
        return report

    def _lanes(self, now: datetime) -> dict[str, int]:
        """Return `client/connector` of everything that is due or was left on the wire, and how much it is."""
        longest = timedelta(seconds=self.workspace.settings.longest_job)
        with self.workspace.store.begin() as tx:
            lanes = {f"{lane.client}/{lane.connector}": lane.count for lane in tx.waiting(now)}
            left = [claim.row.dispatch for claim in tx.expired(now, longest=longest)]
        return {**dict.fromkeys((f"{one.client}/{one.connector}" for one in left), 1), **lanes}

    def _have_done_once(self, job: Job, every: Span) -> list[Report]:
        """Have *job* done unless some worker has done it lately; raise ConvenerError when it was tried and is not."""
        if self._was_done(job, every):
            return []
        reports = self._have_done(job.work, [job])
        if not self._was_done(job, every):
            raise ConvenerError(f"{job.name} was not done", hint="see the logs of the other workers")
        return reports

    def _have_done(self, work: Work, jobs: Iterable[Job]) -> list[Report]:
        """Put *jobs* into the queue and wait until they are done, by whomever; return what was done here of *work*.

        What takes longer than half of the longest job goes on without this caller, who has more to do; unless it is
        the worker of this process that hangs, which somebody should notice.
        Raise the first error of a job of that kind that was done here.
        """
        wanted = {job.name: job for job in jobs}
        self.queue.put(wanted.values())
        undone, (pause, longest), began = set(wanted), LOOKS, self.clock.steady()
        until = began + self.workspace.settings.longest_job / 2
        while undone and not self.hands.halted.is_set():
            self.clock.wait(pause, self.hands.halted)
            undone, pause = self.queue.undone(undone), min(pause * 2, longest)
            if self.clock.steady() > until and (self._busy_since is None or self._busy_since > began):
                break
        return self._taken(work)

    def _taken(self, work: Work) -> list[Report]:
        """Return what jobs of that kind came to here since this was last asked; raise their first error."""
        with self._noting:
            mine = [what for job, what in self._done if job.work is work]
            self._done = deque((done for done in self._done if done[0].work is not work), maxlen=KEPT)
        error = next((what for what in mine if isinstance(what, Exception)), None)
        if error:
            raise error
        return [what for what in mine if not isinstance(what, Exception)]

    def _was_done(self, job: Job, every: Span) -> bool:
        """Tell whether some worker has done *job* lately; machines may differ by a little in what time it is."""
        with self.workspace.store.begin() as tx:
            fact = tx.fact(f"done {job.name}")
        since = self.workspace.clock.now() - datetime.fromisoformat(fact) if fact else None
        return since is not None and abs(since) < every.as_timedelta() * SHARE

    def _note_done(self, job: Job) -> None:
        with self.workspace.store.begin() as tx:
            tx.put_fact(f"done {job.name}", self.workspace.clock.now().isoformat())


def open_queued(workspace: Workspace, hands: Embedded) -> Queued:
    """Return the engine with its worker at work; raise StoreError when the queue cannot be used."""
    address = workspace.settings.database.replace("postgresql+psycopg://", "postgresql://", 1)
    engine = Queued(workspace, hands, Queue.open(address))
    engine.worker = Worker(address, engine.do)
    engine.worker.start()
    return engine


def _batches(lanes: Mapping[str, int], at: datetime | None) -> Iterator[Job]:
    """Yield the jobs of every lane, the first batch of each before the second of any."""
    for nth in range(1, SIDE_BY_SIDE + 1):
        for subject, count in lanes.items():
            if count > (nth - 1) * BATCH:
                yield Job(work=Work.DELIVER, subject=subject, nth=nth, at=at)


def _summed(reports: list[DeliverReport], next_due: datetime | None) -> DeliverReport:
    return DeliverReport(
        sent=sum(report.sent for report in reports),
        retry=sum(report.retry for report in reports),
        failed=sum(report.failed for report in reports),
        in_doubt=sum(report.in_doubt for report in reports),
        failures=tuple(dict.fromkeys(failure for report in reports for failure in report.failures)),
        next_due=next_due,
    )
