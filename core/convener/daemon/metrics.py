"""The figures of the daemon, for Prometheus; names of connectors, automations, clients and jobs, and of no person."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, disable_created_metrics
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from convener.clock import Clock
from convener.daemon.asking import Asked
from convener.daemon.record import Record
from convener.engines import Engine
from convener.errors import ConvenerError
from convener.model import DispatchState
from convener.operations.delivery import Sent
from convener.operations.workspace import Workspace
from convener.store import Count

FRESH = 5.0
"""Seconds for which the ledger is not counted again."""
DWELLS = (0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800, 7200, 28800, 86400)
"""Bounds of the histogram, in seconds: what was due in time goes out within one, what was down overnight in hours."""


class Metrics:
    """Counts what happens in this process, and asks the ledger for the rest when somebody looks."""

    def __init__(self, clock: Clock, record: Record, at_work: Callable[[], tuple[Workspace, Engine] | None]) -> None:
        """Ask *at_work* for what the daemon works with at present, None for nothing."""
        disable_created_metrics()  # type: ignore[no-untyped-call]  # the library gives it no type
        self._registry = CollectorRegistry()
        labels, registry = ("connector", "automation"), self._registry
        dwell = "From due to sent, by connector and automation."
        self._dwell = Histogram("convener_dwell_seconds", dwell, labels, buckets=DWELLS, registry=registry)
        settled = "Attempts, by how they ended, connector and automation."
        self._settled = Counter("convener_settled", settled, (*labels, "state"), registry=registry)
        self.jumps = Counter("convener_clock_jumps", "How often the wall clock was set.", registry=registry)
        ProcessCollector(registry=registry)
        registry.register(_Present(clock, record, at_work))

    def observe(self, sent: Sent) -> None:
        """Count one attempt that ended."""
        self._settled.labels(sent.connector, sent.automation, sent.state.value).inc()
        if sent.state is DispatchState.SENT:
            self._dwell.labels(sent.connector, sent.automation).observe(sent.dwell)

    def names(self) -> list[tuple[str, str, str]]:
        """Return name, type and meaning of every figure, as they stand on the page."""
        found = ((each.name, each.type, each.documentation) for each in self._registry.collect())
        return sorted((f"{name}_total" if kind == "counter" else name, kind, text) for name, kind, text in found)

    def page(self, accept: str = "") -> tuple[str, bytes]:
        """Return the type and the text of the page that Prometheus reads."""
        encode, kind = choose_encoder(accept)
        return kind, encode(self._registry)


class _Present(Collector):
    """How things are at the moment at which somebody looks."""

    def __init__(self, clock: Clock, record: Record, at_work: Callable[[], tuple[Workspace, Engine] | None]) -> None:
        self._clock, self._record, self._at_work = clock, record, at_work
        self._counts: Asked[list[Count] | None] = Asked(self._count, None, clock, fresh=FRESH)

    def describe(self) -> Iterable[Metric]:
        """Ask nobody when the registry is put together."""
        return ()

    def collect(self) -> Iterator[Metric]:
        """Yield everything anew."""
        counts, present = self._counts.answer(), self._at_work()
        connectors = present[0].connectors.names() if present else ()
        yield GaugeMetricFamily("convener_database_up", "Whether the database answers.", int(counts is not None))
        yield GaugeMetricFamily("convener_held", "Whether nothing may go out.", int(self._record.held))
        yield from _ledger(counts or [], connectors, self._clock.now())
        yield _breakers(present[1].breakers() if present else {})
        yield from self._jobs()

    def _count(self) -> list[Count] | None:
        present = self._at_work()
        if present is None:
            return None
        try:
            with present[0].store.begin() as tx:
                return tx.counts()
        except ConvenerError:
            return None

    def _jobs(self) -> Iterator[Metric]:
        failures = CounterMetricFamily("convener_job_failures", "How often each job failed.", labels=("job",))
        for job, count in sorted(self._record.failures.items()):
            failures.add_metric((job,), count)
        rows = GaugeMetricFamily("convener_job_failures_in_row", "How often in a row each failed.", labels=("job",))
        for job, count in sorted(self._record.in_row.items()):
            rows.add_metric((job,), count)
        good = GaugeMetricFamily(
            "convener_job_last_success_timestamp_seconds", "When each last went well.", labels=("job",)
        )
        synced = GaugeMetricFamily(
            "convener_last_sync_timestamp_seconds",
            "When the rosters of each client were last read.",
            labels=("client",),
        )
        for job, at in sorted(self._record.good.items()):
            what, _, client = job.partition(" ")
            if what == "sync" and client:
                synced.add_metric((client,), at.timestamp())
            else:
                good.add_metric((job,), at.timestamp())
        yield from (failures, rows, good, synced)


def _ledger(counts: Iterable[Count], connectors: Iterable[str], now: datetime) -> Iterator[Metric]:
    """Yield what the ledger holds that is not finished."""
    labels = ("connector", "automation", "state")
    rows = _gauge(
        "convener_dispatches", "Dispatches that are not finished, by connector, automation and state.", labels
    )
    ages = _gauge("convener_oldest_due_seconds", "How long the oldest of them has been due, by the same.", labels)
    doubt = _gauge("convener_in_doubt", "Dispatches that may or may not have arrived, by connector.", labels[:1])
    doubts = dict.fromkeys(connectors, 0)
    for count in counts:
        names = (count.connector, count.automation, count.state.value)
        rows.add_metric(names, count.rows)
        ages.add_metric(names, max(0.0, (now - count.oldest_due).total_seconds()))
        if count.state is DispatchState.IN_DOUBT:
            doubts[count.connector] = doubts.get(count.connector, 0) + count.rows
    for connector, many in sorted(doubts.items()):
        doubt.add_metric((connector,), many)
    yield from (rows, ages, doubt)


def _breakers(states: Mapping[str, str]) -> Metric:
    """Return which connectors are left alone for a while."""
    breakers = _gauge("convener_breaker_open", "Whether a connector is left alone for a while.", ("connector",))
    for connector, state in sorted(states.items()):
        breakers.add_metric((connector,), int(state != "closed"))
    return breakers


def _gauge(name: str, meaning: str, labels: tuple[str, ...]) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, meaning, labels=labels)
