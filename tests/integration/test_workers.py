"""Two daemons on one PostgreSQL database, by the engine `procrastinate`."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path

import psycopg
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from convener.clock import SystemClock
from convener.model import Dispatch, DispatchState, Parcel, Verb
from convener.operations.initialise import initialise
from convener.operations.workspace import Workspace
from convener.runtime import open_workspace

pytestmark = pytest.mark.integration
CAP = 120.0
"""Seconds after which a test that waits gives up; nothing is asserted about how long it takes."""
MANY = 450
"""More than four batches."""
Daemon = subprocess.Popen[bytes]


@pytest.fixture
def environ(postgresql_url: str) -> dict[str, str]:
    """Say which database and which engine."""
    return {"CONVENER_DATABASE_URL": postgresql_url, "CONVENER_ENGINE": "procrastinate"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a workspace whose daemons listen wherever there is room."""
    folder = tmp_path / "w"
    initialise(folder)
    config = folder / "config.toml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("[daemon]", '[daemon]\nlisten = "127.0.0.1:0"'), encoding="utf-8")
    return folder


@pytest.fixture
def start(folder: Path, environ: dict[str, str]) -> Iterator[Callable[[], Daemon]]:
    """Start daemons of the workspace, and end what a test leaves of them."""
    started: list[Daemon] = []

    def begin() -> Daemon:
        words = (sys.executable, "-c", "from convener.cli import main; main()", "-w", str(folder), "daemon")
        started.append(subprocess.Popen(words, env={**os.environ, **environ}, stderr=subprocess.DEVNULL))
        return started[-1]

    yield begin
    for daemon in started:
        daemon.kill()
        daemon.wait()


@pytest.fixture
def workspace(folder: Path, environ: dict[str, str]) -> Iterator[Workspace]:
    """Give the workspace, with messages in its ledger that are due."""
    with closing(open_workspace(folder, environ=environ)) as workspace:
        _fill(workspace)
        yield workspace


def test_two_daemons_share_what_is_due(workspace: Workspace, start: Callable[[], Daemon]) -> None:
    """Neither refuses the other, every message goes out once, and both end when they are told to (N5, P14)."""
    daemons = [start(), start()]
    _until(lambda: MANY == _sent(workspace), daemons)
    for daemon in daemons:
        daemon.send_signal(signal.SIGTERM)
    codes = [daemon.wait(CAP) for daemon in daemons]
    names = [path.name for path in (workspace.folder / "var" / "outbox").rglob("*.eml")]

    assert [0, 0] == codes
    assert {1: MANY} == _attempts(workspace)
    assert (MANY, MANY) == (len(names), len(set(names)))


class Wire:
    """A mail server that counts what comes; what comes after *answered* messages waits for its answer for ever."""

    def __init__(self) -> None:
        self.came: Counter[str] = Counter()
        self.answered = 0

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Take the mail."""
        assert isinstance(envelope.content, bytes)
        self.came[message_from_bytes(envelope.content)["Message-ID"]] += 1
        if self.came.total() > self.answered:
            await asyncio.Event().wait()
        return "250 2.0.0 taken"


@pytest.fixture
def wire(folder: Path) -> Iterator[Wire]:
    """Have the mails of the workspace go to a mail server."""
    wire = Wire()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    config = folder / "config.toml"
    text = config.read_text(encoding="utf-8")
    start = text.index("[connectors.mail]")
    table = f'[connectors.mail]\nplugin = "smtp"\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\n'
    config.write_text(text[:start] + table + text[text.index("\n[connectors.sms]") :], encoding="utf-8")
    controller = Controller(wire, hostname="127.0.0.1", port=port)
    controller.start()
    yield wire
    controller.stop()


def test_the_job_of_a_killed_worker_is_done_by_another(
    wire: Wire, workspace: Workspace, start: Callable[[], Daemon]
) -> None:
    """Nothing is lost, and nothing comes twice but what was on the wire when it died, unanswered (N5, P3, fault 1)."""
    answered, on_the_wire = MANY // 2, workspace.connectors.config("mail").senders
    wire.answered = answered
    doomed = start()
    _until(lambda: (answered, on_the_wire) == (_sent(workspace), wire.came.total() - answered), [doomed])
    doomed.kill()
    doomed.wait()
    assert _jobs_at_work(workspace)
    _let_time_pass(workspace)
    wire.answered = 2 * MANY
    heir = start()
    _until(lambda: MANY == _sent(workspace) and not _jobs_at_work(workspace), [heir])

    assert {1: MANY - on_the_wire, 2: on_the_wire} == Counter(wire.came.values())
    assert MANY == _attempts(workspace).total()


def _jobs_at_work(workspace: Workspace) -> int:
    """Return how many jobs some worker has, dead or alive."""
    return int(_ask(workspace, "SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing'"))


def _let_time_pass(workspace: Workspace) -> None:
    """Let an hour pass for who is dead: its leases end, and so does the patience of the queue."""
    _ask(workspace, "UPDATE ledger SET leased_until = leased_until - interval '1 hour' RETURNING 1")
    _ask(workspace, "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour' RETURNING 1")


def _ask(workspace: Workspace, question: str) -> object:
    address = workspace.settings.database.replace("postgresql+psycopg://", "postgresql://", 1)
    with psycopg.connect(address, autocommit=True) as connection:
        row = connection.execute(question).fetchone()
    return row[0] if row else None


def _fill(workspace: Workspace) -> None:
    """Write messages that are due into the ledger."""
    due = workspace.clock.now() - timedelta(minutes=1)
    rows = [
        (
            Dispatch(
                client=f"client-{number % 3}",
                programme="first",
                automation="hello",
                step="send.hello.email",
                subject="first",
                slot=str(number),
                recipient="1",
                channel="email",
                connector="mail",
                due=due,
                reason="a test",
                verb=Verb.SEND,
                what="hello",
            ),
            Parcel(
                message_id=f"<{number}@x.example>", to_name="Ana", to_email=f"ana-{number}@x.example", text="Hello."
            ),
            DispatchState.READY,
        )
        for number in range(MANY)
    ]
    with workspace.store.begin() as tx:
        tx.add(rows, at=due)


def _sent(workspace: Workspace) -> int:
    with workspace.store.begin() as tx:
        return sum(tx.sent(f"client-{number}") for number in range(3))


def _attempts(workspace: Workspace) -> Counter[int]:
    """Return how many messages took how many attempts."""
    with workspace.store.begin() as tx:
        return Counter(row.attempts for row in tx.ledger())


def _until(true: Callable[[], bool], daemons: list[Daemon]) -> None:
    """Wait until something is *true*, while the *daemons* live."""
    clock, never = SystemClock(), threading.Event()
    ends = clock.steady() + CAP
    while not true():
        assert clock.steady() < ends
        assert [None] * len(daemons) == [daemon.poll() for daemon in daemons]
        clock.wait(0.1, never)
