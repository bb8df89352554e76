"""What has gone to whom lately."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import event

from convener.model import DispatchState, Person, Register, Verb
from convener.model.traffic import Traffic
from convener.store import Entry, Store

Make = Callable[..., Entry]
NOON = datetime(2027, 1, 19, 12, tzinfo=UTC)
"""A Tuesday; the first hour of Wednesday in Auckland, where one of them lives."""
SCOPE, LONDON = "north/care", "Europe/London"
DAY = timedelta(days=1)
WAITING = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"


@pytest.fixture
def people(store: Store, empty: Register) -> Register:
    """Give a register of two people, one of whom another client knows by another id."""
    ana = Person(id="E-001", name="Ana", email="Ana@north.example")
    tui = Person(id="E-002", name="Tui", email="tui@north.example", zone="Pacific/Auckland")
    here = replace(empty, people={ana.id: ana, tui.id: tui})
    there = Register(
        client="south", programme="care", people={"A7": Person(id="A7", name="A", email="ana@NORTH.example")}
    )
    with store.begin() as tx:
        tx.save(empty, here)
        tx.save(Register(client="south", programme="care"), there)
    return here


def read(store: Store, register: Register, now: datetime = NOON) -> Traffic:
    """Return the traffic of the first programme."""
    with store.begin() as tx:
        return tx.traffic(SCOPE, register, now, LONDON)


def test_nothing_has_gone_out(store: Store, people: Register) -> None:
    """An empty ledger has no traffic."""
    assert Traffic() == read(store, people)


def test_a_person_is_one_person_to_every_client(store: Store, people: Register, entry: Make) -> None:
    """Messages are counted by address, letter case aside, on the person's own day (N7)."""
    elsewhere = {"client": "south", "recipient": "A7"}
    with store.begin() as tx:
        tx.add([entry("a"), entry("b", **elsewhere), entry("c", recipient="E-002")], at=NOON)
        tx.add([entry("d", client="south", recipient="E-001")], at=NOON)

    assert {("ana@north.example", "2027-01-19"): 2, ("tui@north.example", "2027-01-20"): 1} == read(
        store, people
    ).per_day


def test_only_messages_that_go_by_themselves_count(store: Store, people: Register, entry: Make) -> None:
    """Invites and reports disturb nobody; what is held, missed or called off has not gone."""
    stopped = [DispatchState.HELD, DispatchState.MISSED, DispatchState.CANCELLED, DispatchState.FAILED]
    with store.begin() as tx:
        tx.add([entry(f"no-{state}", state=state) for state in stopped], at=NOON)
        tx.add([entry(f"quiet-{verb}", verb=verb) for verb in (Verb.INVITE, Verb.REPORT, Verb.CALL)], at=NOON)
        tx.add([entry("asked", verb=Verb.POLL), entry("sent", state=DispatchState.SENT)], at=NOON)
    found = read(store, people)

    assert (2, {("ana@north.example", "2027-01-19"): 2}) == (found.today, found.per_day)


def test_the_days_of_a_programme(store: Store, people: Register, entry: Make) -> None:
    """Days with messages in the last sixty, oldest first, today and what is ahead aside."""
    dues = {"old": NOON - 61 * DAY, "a": NOON - 3 * DAY, "b": NOON - DAY, "c": NOON - DAY, "d": NOON, "e": NOON + DAY}
    with store.begin() as tx:
        tx.add([entry(slot, due=due) for slot, due in dues.items()], at=NOON)
        tx.add([entry("other", due=NOON - 2 * DAY, programme="other")], at=NOON)
    found = read(store, people)

    assert ((1, 2), 1) == (found.days, found.today)


def test_the_last_of_each_automation(store: Store, people: Register, entry: Make) -> None:
    """The latest due instant, whatever became of it."""
    with store.begin() as tx:
        tx.add([entry("a", due=NOON - DAY), entry("b"), entry("c", automation="report", due=NOON - DAY)], at=NOON)

    assert {"remind": NOON, "report": NOON - DAY} == read(store, people).last


def test_what_a_guard_holds(store: Store, people: Register, entry: Make) -> None:
    """Key and rule of each row that waits for a person (N7)."""
    held = entry("a", state=DispatchState.HELD)
    with store.begin() as tx:
        tx.add([held, entry("b")], at=NOON, held={held[0].key: "sane-volume"})

    assert {held[0].key: "sane-volume"} == read(store, people).held


def test_every_question_is_answered_by_index(sqlite_store: Store, people: Register) -> None:
    """Nothing walks through the ledger or the people of everybody."""
    asked: list[tuple[str, tuple[object, ...]]] = []
    with sqlite_store.begin() as tx:
        engine = tx._connection.engine  # noqa: SLF001 - listens to the statements themselves
        listen = lambda c, cursor, said, bound, *_: asked.append((said, bound))  # noqa: E731 - a listener of one line
        event.listen(engine, "before_cursor_execute", listen)
        tx.traffic(SCOPE, people, NOON, LONDON)
        event.remove(engine, "before_cursor_execute", listen)
        steps = [
            row[3]
            for said, bound in asked
            for row in tx._connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {said}", bound)  # noqa: SLF001 - asks the database itself
        ]

    assert [] == [step for step in steps if step.startswith("SCAN") and step != "SCAN automations"]
    assert 3 == sum("automation=?" in step or "ix_ledger_stuck (state=? AND client=?" in step for step in steps)


def test_whoever_plans_for_the_same_person_waits(postgresql_url: str, tmp_path: Path, empty: Register) -> None:
    """Two workers never both give somebody the last message of a day; who shares nobody does not wait (N7, P3)."""
    ana, bo = Person(id="1", name="Ana", email="ana@north.example"), Person(id="2", name="Bo", email="bo@north.example")
    registers = [
        replace(empty, people={"1": ana}),
        Register(client="south", programme="care", people={"1": replace(ana, email="Ana@North.example"), "2": bo}),
        Register(client="west", programme="care", people={"2": replace(bo, email="bo@west.example")}),
    ]
    took: list[str] = []

    def take(register: Register) -> None:
        with store.begin() as tx:
            tx.take_turn(register)
            took.append(register.client)

    def waits() -> bool:
        with psycopg.connect(postgresql_url) as connection:
            return bool(connection.execute(WAITING).fetchall())

    with closing(Store.open(postgresql_url, workspace=tmp_path)) as store, ThreadPoolExecutor() as pool:
        with store.begin() as tx:
            for register in registers:
                tx.save(replace(register, people={}), register)
        with store.begin() as tx:
            tx.take_turn(registers[0])
            other = pool.submit(take, registers[1])
            while not (other.done() or waits()):
                threading.Event().wait(0.01)
            take(registers[2])
            before = list(took)
        other.result()

    assert (["west"], ["west", "south"]) == (before, took)
