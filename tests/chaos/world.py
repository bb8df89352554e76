"""A small workspace on either database, every message of which goes through one connector to one other side."""

import http.client
import socket
import sqlite3
import threading
from collections.abc import Generator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

import psycopg
from sqlalchemy import text
from tests.chaos.commands import Commands, Ended
from tests.chaos.example import CLIENT, CONFIG, FAR, made, parcel
from tests.chaos.wire import PATIENCE, Journal, mail_server, web_server

from convener.model import DispatchState
from convener.store import Settled, Store
from convener.store.address import read_address
from convener.store.engines import make_engine
from convener.store.upgrade import run_step

CLEARED_UP = 'convener_job_last_success_timestamp_seconds{job="housekeeping"}'
MIGRATING = threading.Lock()
"""Held while the rig itself migrates: Alembic is not for several threads."""
OLD_REVISION = "0002"
OLD_ROW = "INSERT INTO programmes (client, programme, state, revision) VALUES ('acme', 'first', 'draft', 1)"


class Wire(StrEnum):
    """What is behind the connector `wire`, one for each way to settle what was on it, and files."""

    SMTP = "smtp"
    OUTBOX = "outbox"
    SHEET = "sheet"
    TEXTS = "texts"
    APART = "apart"
    """Texts again, by a connector that works in a process of its own, as a stranger's does as a rule."""

    @property
    def repeats(self) -> bool:
        """Whether a repeat is recognised over there by its Message-ID."""
        return self in {Wire.SMTP, Wire.OUTBOX}

    @property
    def asks(self) -> bool:
        """Whether a person decides what became of a message that was on the wire when a process died."""
        return self in {Wire.TEXTS, Wire.APART}


PLUGINS: Mapping[Wire, Mapping[str, str]] = MappingProxyType(
    {
        Wire.SMTP: {"plugin": '"smtp"', "host": '"127.0.0.1"', "security": '"none"'},
        Wire.OUTBOX: {"plugin": '"outbox"'},
        Wire.SHEET: {"plugin": '"rig-sheet"', "isolated": "false"},
        Wire.TEXTS: {"plugin": '"rig-texts"', "isolated": "false"},
        Wire.APART: {"plugin": '"rig-texts"', "isolated": "true"},
    }
)
"""The table of each in `config.toml`, but for its port."""


class Base(StrEnum):
    """The database."""

    SQLITE = "SQLite"
    POSTGRESQL = "PostgreSQL"


@dataclass(slots=True)
class World:
    """One workspace, its database, and the other side of its connector."""

    folder: Path
    database: str
    wire: Wire
    commands: Commands
    journal: Journal = field(default_factory=Journal)
    port: int = 0
    """Where the other side listens."""

    def convene(self, *arguments: str, at: datetime | None = None, **environ: str) -> Ended:
        """Run `convener ARGUMENTS`, at a moment if one is given."""
        when = ("--at", at.isoformat()) if at else ()
        return self.commands.run(self.folder, *when, *arguments, environ=environ)

    def live(self, arrivals: int, **environ: str) -> Ended:
        """Run the daemon until so many messages have arrived and its page says that it has cleared up."""
        port = free_port()
        here = {"CONVENER_DAEMON_LISTEN": f"127.0.0.1:{port}"}

        def has_lived() -> bool:
            return len(self.arrivals()) >= arrivals and CLEARED_UP in page(port)

        return self.commands.run(self.folder, "daemon", environ=here | environ, until=has_lived)

    def rule(self, rules: str) -> None:
        """Write the rules of the client."""
        (self.folder / "rulesets" / f"{CLIENT}.toml").write_text(rules, encoding="utf-8")

    def make_old(self) -> None:
        """Put a database of an earlier version in place, with a programme in it."""
        (self.folder / "var").mkdir(exist_ok=True)
        engine = make_engine(read_address(self.database, self.folder))
        with MIGRATING, engine.begin() as connection:
            run_step(connection, OLD_REVISION)
            connection.execute(text(OLD_ROW))
        engine.dispose()

    def arrivals(self) -> dict[str, int]:
        """Return how often each message id arrived on the other side."""
        if self.wire is not Wire.OUTBOX:
            return dict(self.journal.counts)
        mails = self.folder.glob("var/outbox/*.eml")
        ids = [str(message_from_bytes(mail.read_bytes())["Message-ID"]) for mail in mails]
        return {each: ids.count(each) for each in ids}

    def look(self, columns: str) -> list[tuple[str, ...]]:
        """Return *columns* of the ledger by due instant, read past our own code; nothing where there is none yet."""
        statement = f"SELECT {columns} FROM ledger WHERE connector = 'wire' ORDER BY due, key"  # noqa: S608 - ours
        if not self.database.startswith("sqlite"):
            with suppress(psycopg.errors.UndefinedTable), psycopg.connect(self.database) as server:
                return server.execute(statement.encode()).fetchall()
            return []
        file = self.folder / self.database.removeprefix("sqlite:///")
        if not file.exists():
            return []
        with closing(sqlite3.connect(file, timeout=PATIENCE)) as opened:
            there = opened.execute("SELECT name FROM sqlite_master WHERE name = 'ledger'").fetchall()
            return opened.execute(statement).fetchall() if there else []

    def keys(self) -> list[str]:
        """Return the key of every message."""
        return [key for (key,) in self.look("key")]

    def states(self) -> dict[str, DispatchState]:
        """Return the state of every message by its id."""
        return {name: DispatchState(state) for name, state in self.look("message_id, state")}

    def flaws(self) -> list[str]:
        """Return what does not hold in the database: events, messages, registers."""
        with closing(Store.open(self.database, workspace=self.folder)) as store:
            return [str(fault) for fault in store.verify().faults]

    def forget_marks(self) -> None:
        """Take the mark `sending` from every row, as if it had never been durable."""
        with closing(Store.open(self.database, workspace=self.folder)) as store, store.begin() as tx:
            for claim in tx.expired(FAR):
                key = claim.row.dispatch.key
                tx.settle_many(
                    claim.owner, [Settled(key, DispatchState.READY, counted=False)], at=claim.row.dispatch.due
                )

    def add(self, numbers: Sequence[int], *, due: datetime) -> set[str]:
        """Put dispatches into the ledger, numbered, ready and due; return their Message-IDs."""
        entries = [(one := made(number, due), parcel(one), DispatchState.READY) for number in numbers]
        with closing(Store.open(self.database, workspace=self.folder)) as store, store.begin() as tx:
            tx.add(entries, at=due)
        return {parcel.message_id for _, parcel, _ in entries}


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def page(port: int) -> str:
    """Return the daemon's page of figures, nothing when it does not answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/metrics")
        return connection.getresponse().read().decode()
    except (OSError, http.client.HTTPException):
        return ""
    finally:
        connection.close()


@contextmanager
def other_side(wire: Wire, journal: Journal) -> Generator[int]:
    """Run what the connector speaks to and give its port."""
    match wire:
        case Wire.OUTBOX:
            yield 0
        case Wire.SMTP:
            with mail_server(journal) as port:
                yield port
        case Wire.SHEET | Wire.TEXTS | Wire.APART:
            with web_server(journal) as port:
                yield port


def own(world: World) -> None:
    """Say that the database of *world*, a copy, is the one that counts (fault 15)."""
    with closing(Store.open(world.database, workspace=world.folder)) as store:
        store.adopt()


def configure(world: World, **more: str) -> None:
    """Write the configuration of *world*; *more* are further keys of its connector, as they are written."""
    own = {"port": str(world.port)} if world.port else {}
    table = "\n".join(f"{key} = {value}" for key, value in {**PLUGINS[world.wire], **own, **more}.items())
    content = CONFIG.format(database=world.database, wire=table)
    (world.folder / "config.toml").write_text(content, encoding="utf-8")


def expect(ended: Ended, *codes: int) -> Ended:
    """Return how a command ended, if it was as expected: with 0, or one of *codes*."""
    if ended.code not in (codes or (0,)):
        raise AssertionError(f"exit {ended.code}: {ended.said}")
    return ended
