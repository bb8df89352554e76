"""The engine of many workers: what is due is done once, by whomever."""

import threading
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from convener.clock import VirtualClock
from convener.engines import Engine, open_engine
from convener.engines.jobs import Job, Work
from convener.engines.queued import BATCH, Queued
from convener.errors import ConvenerError, HeldError
from convener.model import DispatchState
from convener.operations.workspace import Workspace

pytestmark = pytest.mark.integration
LIVE = datetime(2026, 12, 7, 9, tzinfo=UTC)
"""When the programme of the workspace goes live."""


def _states(workspace: Workspace) -> set[DispatchState]:
    with workspace.store.begin() as tx:
        return {row.state for row in tx.ledger()}


def _let_nobody_work(engine: Queued) -> None:
    """Have what is put into the queue stay there, and whoever puts it in not wait."""
    engine.halt()
    engine.worker.join()


def test_what_is_due_is_decided_and_sent_once(live: Workspace, engine: Engine) -> None:
    """The second time there is nothing to do, and the next moment is told (N5)."""
    first, sent, second, again = engine.tick(), engine.deliver(), engine.tick(), engine.deliver()

    assert first.planned
    assert (len(first.planned), ()) == (sent.sent, second.planned)
    assert first.next_due == second.next_due
    assert 0 == again.sent
    assert {DispatchState.SENT} == _states(live)


def test_more_than_a_batch_goes_out_whole(live: Workspace, engine: Engine, ready: Callable[..., None]) -> None:
    """A full batch is followed by the next one until nothing is left."""
    ready(live, 2 * BATCH + 1)

    assert 2 * BATCH + 1 == engine.deliver().sent


def test_what_falls_due_meanwhile_is_told(
    live: Workspace, opened: Callable[[], Workspace], live_at: VirtualClock, ready: Callable[..., None]
) -> None:
    """A lane that nothing was due for when the jobs were given out comes next, though its moment is past (N5)."""
    soon = LIVE + timedelta(seconds=30)
    ready(live, 1)
    ready(live, 1, "other", due=soon)
    with closing(open_engine(opened(), observe=lambda _: live_at.move_to(soon + timedelta(minutes=1)))) as engine:
        first, second = engine.deliver(), engine.deliver()

    assert (1, soon) == (first.sent, first.next_due)
    assert (1, None) == (second.sent, second.next_due)


def test_what_is_cut_short_is_left_to_others(live: Workspace, engine: Engine, ready: Callable[..., None]) -> None:
    """A worker that ends puts its job back, so that what it did not send waits for no rhythm (N5)."""
    ready(live, 3)
    assert isinstance(engine, Queued)
    _let_nobody_work(engine)
    job = Job(work=Work.DELIVER, subject="acme/mail")
    engine.do(job)

    assert {job.name} == engine.queue.undone({job.name})


def test_every_client_has_its_turn(live: Workspace, ready: Callable[..., None]) -> None:
    """The thousandth message of one comes after the first of another: batch by batch, client by client."""
    ready(live, 3 * BATCH, "acme")
    ready(live, 1, "other")
    with closing(open_engine(live)) as engine:
        assert isinstance(engine, Queued)
        _let_nobody_work(engine)
        engine.deliver()
        with engine.queue.connection() as connection:
            line = connection.execute("SELECT queueing_lock FROM procrastinate_jobs ORDER BY priority DESC, id")
            told = [name for (name,) in line]

    assert ["deliver:acme/mail", "deliver:other/mail", "deliver:acme/mail#2", "deliver:acme/mail#3"] == told


def test_what_is_in_the_queue_names_nobody(live: Workspace, engine: Engine, ready: Callable[..., None]) -> None:
    """Programmes, clients and connectors: neither people, addresses nor texts (P7)."""
    ready(live, 1)
    assert isinstance(engine, Queued)
    _let_nobody_work(engine)
    engine.tick()
    engine.deliver()
    for ask in (partial(engine.sync, "acme"), engine.housekeep):
        with pytest.raises(ConvenerError, match="was not done"):
            ask()
    with engine.queue.connection() as connection:
        jobs = connection.execute("SELECT args, to_jsonb(job)::text FROM procrastinate_jobs AS job").fetchall()
    text = " ".join(text for _, text in jobs)

    assert {"tick", "deliver", "sync", "housekeeping"} == {told["work"] for told, _ in jobs}
    assert [] == [word for word in ("@", "Ana", "Ruiz", "Hello", "1@acme") if word in text]


def test_two_engines_double_nothing(
    live: Workspace, engine: Engine, opened: Callable[[], Workspace], ready: Callable[..., None]
) -> None:
    """Each puts in what is due and each works; what they did adds up (N5)."""
    ready(live, 3 * BATCH)
    with closing(open_engine(opened())) as other:
        reports = [0, 0]

        def work(nth: int, one: Engine) -> None:
            reports[nth] = one.deliver().sent

        threads = [threading.Thread(target=work, args=each) for each in enumerate((engine, other))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        reports[1] += other.deliver().sent
    reports[0] += engine.deliver().sent
    with live.store.begin() as tx:
        sent = tx.sent("acme")

    assert sent == sum(reports)
    assert {DispatchState.SENT} == _states(live)


def test_rosters_are_read_once_in_a_rhythm(engine: Engine, opened: Callable[[], Workspace]) -> None:
    """Ten workers do not read a roster ten times an hour."""
    first = engine.sync("acme")
    with closing(open_engine(opened())) as other:
        second = other.sync("acme")

    assert (3, 0) == (first.unchanged, second.unchanged)


def test_a_roster_that_cannot_be_read_is_told(live: Workspace, engine: Engine) -> None:
    """To who asked, as by the engine of one process."""
    (live.folder / "data" / "acme.csv").unlink()
    with pytest.raises(ConvenerError):
        engine.sync("acme")


def test_what_another_worker_could_not_do_is_told_too(live: Workspace, opened: Callable[[], Workspace]) -> None:
    """Nobody takes it for done."""
    (live.folder / "data" / "acme.csv").unlink()
    with closing(open_engine(live)) as mine, closing(open_engine(opened())):
        assert isinstance(mine, Queued)
        mine.worker.stop()
        mine.worker.join()
        with pytest.raises(ConvenerError, match="sync:acme was not done"):
            mine.sync("acme")


def test_a_held_database_sends_nothing(live: Workspace, engine: Engine) -> None:
    """The refusal comes before any job (fault 15)."""
    with live.store.begin() as tx:
        tx.put_fact("hold", "a test")
    for ask in (engine.tick, engine.deliver):
        with pytest.raises(HeldError):
            ask()


def test_a_programme_that_cannot_be_decided_is_told(live: Workspace, engine: Engine) -> None:
    """By its name, and the others are decided (P14)."""
    (live.folder / "rulesets" / "acme.toml").write_text("schema = 1\n", encoding="utf-8")

    assert ["acme/first"] == [scope for scope, _ in engine.tick().failures]


def test_what_fails_stops_nothing(live: Workspace, engine: Engine) -> None:
    """The caller hears of it, and the worker does the next job (P14)."""
    (live.folder / "data" / "acme.csv").unlink()
    with pytest.raises(ConvenerError):
        engine.sync("acme")

    assert engine.tick().planned


def test_what_was_done_for_others_is_told_once(engine: Engine) -> None:
    """A job that came from elsewhere is in the next report of its kind, and in no later one."""
    assert isinstance(engine, Queued)
    engine.do(Job(work=Work.TICK, subject="acme/first"))
    reports = [engine.tick(), engine.tick()]

    assert [True, False] == [bool(report.planned) for report in reports]


def test_a_halted_engine_comes_back_at_once(engine: Engine, live: Workspace, ready: Callable[..., None]) -> None:
    """Nothing new begins, and nobody waits for it."""
    ready(live, 3)
    engine.halt()

    assert 0 == engine.deliver().sent
    assert {DispatchState.READY} == _states(live)


def test_housekeeping_is_done_once_in_a_rhythm(engine: Engine, live: Workspace) -> None:
    """By whichever worker comes first."""
    engine.housekeep()
    engine.housekeep()
    with live.store.begin() as tx:
        assert tx.fact("done housekeeping:")
