"""Planned rows written to the ledger by ticks: with its real indexes, every tick durable, against the bare driver.

`python bench/inserting.py [insert] [insert-postgresql]`. A tick plans a reminder for 350 pods of seven; the peer
hands the same rows, made ready beforehand, to the driver's own executemany, one transaction for each tick.
"""

import statistics
import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from postgresql_server import new_database, running_postgresql
from sqlalchemy import Engine
from table import Bench, Result, folder, seconds, show

from convener.model import Dispatch, DispatchState, Parcel, Verb
from convener.store import Entry, Store
from convener.store.address import read_address
from convener.store.dispatches import write_rows
from convener.store.engines import make_engine
from convener.store.schema import ledger

PODS, SEATS, TICKS = 350, 7, 10
NINE = datetime(2027, 1, 19, 9, tzinfo=UTC)
LIBRARIES = ("sqlalchemy", "psycopg")
Tick = Sequence[Entry]


@dataclass(frozen=True)
class World:
    """A way to empty databases of one kind, and the speed to reach on it."""

    name: str
    target: str
    make: Callable[[Path], str]
    """Return the URL of an empty database, in a folder of its own if it needs one."""


def ticks(parcels: bool) -> list[Tick]:
    """Return what each tick plans: everybody's reminder of one session."""
    return [[reminder(day, pod, seat, parcels) for pod in range(PODS) for seat in range(SEATS)] for day in range(TICKS)]


def reminder(day: int, pod: int, seat: int, parcels: bool) -> Entry:
    """Return one person's reminder, with a mail of five kilobytes if asked."""
    client, run = f"client-{pod % 5}", f"run-{pod % 10}"
    who = f"person-{pod}-{seat}@{client}.example"
    due = NINE + timedelta(days=day)
    dispatch = Dispatch(
        client=client,
        programme=run,
        automation="remind",
        step="send.reminder.email",
        subject=f"{run}/pod-{pod}/{day}",
        slot=due.strftime("%Y-%m-%dT%H:%M"),
        recipient=who,
        channel="email",
        connector="mail",
        due=due,
        not_after=due + timedelta(hours=30),
        reason="2 working days before session.starts, at 09:00",
        verb=Verb.SEND,
        what="reminder",
        people=(who,),
        session=f"{run}/pod-{pod}/{day}",
    )
    parcel = Parcel(
        message_id=f"<{day}-{pod}-{seat}@convener.example>",
        to_name="Robin",
        to_email=who,
        subject="Your session on Thursday",
        text="See you there.\r\n" * 25,
        html="<p>See you there.</p>\r\n" * 180,
    )
    return dispatch, parcel if parcels else None, DispatchState.READY


def write(store: Store, plans: Sequence[Tick]) -> int:
    """Write each tick in a transaction of its own and return how many rows were new."""
    written = 0
    for plan in plans:
        with store.begin() as tx:
            written += tx.add(plan, at=NINE)
    return written


def bare(engine: Engine, rows: Sequence[Sequence[Any]]) -> None:
    """Give each tick to the driver's executemany."""
    names = [column.name for column in ledger.c]
    mark = "?" if engine.dialect.name == "sqlite" else "%s"
    listed, marks = ", ".join(names), ", ".join([mark] * len(names))
    said = f"INSERT INTO ledger ({listed}) VALUES ({marks}) ON CONFLICT DO NOTHING"  # noqa: S608 - names of ours
    for tick in rows:
        with engine.begin() as connection:
            connection.exec_driver_sql(said, list(tick))


def prepared(engine: Engine, plans: Sequence[Tick]) -> list[list[tuple[Any, ...]]]:
    """Return the rows of each tick as the driver takes them."""
    found: list[list[tuple[Any, ...]]] = []
    for plan in plans:
        columns = write_rows({each[0].key: each for each in plan}, NINE, {})
        made = [column.type.dialect_impl(engine.dialect).bind_processor(engine.dialect) for column in ledger.c]
        told = [
            list(map(make, columns[column.name])) if make else columns[column.name]
            for column, make in zip(ledger.c, made, strict=True)
        ]
        found.append(list(zip(*told, strict=True)))
    return found


def one_round(world: World) -> dict[str, float]:
    """Return rows a second of each way on databases of their own."""
    rows, mails = ticks(parcels=False), ticks(parcels=True)
    count = TICKS * PODS * SEATS
    with folder() as place:
        with opened(world, place / "rows") as (store, _):
            assert write(store, rows[:0]) == 0
            ours = seconds(lambda: write(store, rows))
            again = seconds(lambda: nothing_new(store, rows))
        with opened(world, place / "mails") as (store, _):
            parcels = seconds(lambda: write(store, mails))
        with opened(world, place / "bare") as (_, engine):
            ready = prepared(engine, rows)
            peer = seconds(lambda: bare(engine, ready))
    return {name: count / time for name, time in (("ours", ours), ("again", again), ("mails", parcels), ("bare", peer))}


def nothing_new(store: Store, plans: Sequence[Tick]) -> None:
    """Plan the same again, which must insert nothing."""
    assert write(store, plans) == 0


@contextmanager
def opened(world: World, place: Path) -> Generator[tuple[Store, Engine]]:
    """Yield an empty database, as we open it and as the driver does."""
    place.mkdir()
    url = world.make(place)
    store, engine = Store.open(url, workspace=place), make_engine(read_address(url, place))
    try:
        yield store, engine
    finally:
        engine.dispose()
        store.close()


def measured(world: World, runs: int = 3) -> Iterator[Result]:
    """Yield the medians of several rounds."""
    rounds = [one_round(world) for _ in range(runs)]
    speed = {name: statistics.median(each[name] for each in rounds) for name in rounds[0]}
    peer = f"{speed['bare']:,.0f}/s"
    ratio = f"{speed['ours'] / speed['bare']:.2f} x"
    yield Result(
        f"{world.name}: rows planned | executemany", f"{speed['ours']:,.0f}/s", peer, ratio, runs, world.target
    )
    yield Result(f"{world.name}: the same rows again, none inserted", f"{speed['again']:,.0f}/s", runs=runs)
    yield Result(f"{world.name}: rows with mails of 5 kB", f"{speed['mails']:,.0f}/s", runs=runs)


def on_sqlite() -> Iterator[Result]:
    """Measure SQLite in a file."""
    yield from measured(World("SQLite", ">= 50,000/s", lambda place: f"sqlite:///{place}/convener.db"))


def on_postgresql() -> Iterator[Result]:
    """Measure a PostgreSQL of our own, as durable as it is by default."""
    with running_postgresql() as server:
        yield from measured(World("PostgreSQL", ">= 20,000/s", lambda _: new_database(server)))


BENCHES: dict[str, Bench] = {"insert": on_sqlite, "insert-postgresql": on_postgresql}

if __name__ == "__main__":
    sys.exit(show(BENCHES, sys.argv[1:], LIBRARIES))
