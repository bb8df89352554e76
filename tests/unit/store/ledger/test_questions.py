"""Questions to the ledger."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from convener.model import DispatchState, Person, Register
from convener.store import Asked, Entry, Settled, Store, Transaction

NOON = datetime(2027, 1, 19, 12, tzinfo=UTC)
LEASE = timedelta(minutes=5)
READY, RETRY, SENT, HELD = DispatchState.READY, DispatchState.RETRY, DispatchState.SENT, DispatchState.HELD
Make = Callable[..., Entry]


def test_the_next_delivery_is_the_earliest_that_waits(store: Store, entry: Make) -> None:
    """A daemon that knows it can sleep until then."""
    with store.begin() as tx:
        assert None is tx.next_delivery()
        tx.add([entry("late", due=NOON + LEASE), entry("soon", due=NOON)], at=NOON)

        assert NOON == tx.next_delivery()
        tx.claim(NOON, lease=LEASE, limit=1, owner="one")
        assert NOON + LEASE == tx.next_delivery()


def test_one_row_is_found_by_its_key(store: Store, entry: Make) -> None:
    """A key names one dispatch or none."""
    with store.begin() as tx:
        tx.add([entry("a")], at=NOON)

        assert tx.row("nothing") is None
        found = tx.row(entry("a")[0].key)
    assert found is not None
    assert "a" == found.dispatch.slot


def test_the_next_delivery_after_a_moment(store: Store, entry: Make) -> None:
    """What is due but may not go does not keep a daemon awake."""
    with store.begin() as tx:
        tx.add([entry("soon"), entry("late", due=NOON + LEASE)], at=NOON)

        assert NOON + LEASE == tx.next_delivery(NOON)
        assert None is tx.next_delivery(NOON + LEASE)


def test_the_end_of_a_lease_may_be_the_next_delivery(store: Store, entry: Make) -> None:
    """Whoever holds it may have died (N5)."""
    with store.begin() as tx:
        tx.add([entry("soon"), entry("late", due=NOON + LEASE)], at=NOON)
        tx.claim(NOON, lease=LEASE / 2, limit=1, owner="one")

        assert NOON + LEASE / 2 == tx.next_delivery(NOON)


@pytest.fixture
def several(store: Store, entry: Make) -> Store:
    """Give a ledger with a row of most kinds."""
    with store.begin() as tx:
        tx.add([entry("doubt"), entry("again"), entry("sent")], at=NOON)
        tx.claim(NOON, lease=LEASE, limit=3, owner="one")
        told = {"doubt": DispatchState.IN_DOUBT, "again": RETRY, "sent": SENT}
        tx.settle_many("one", [Settled(entry(slot)[0].key, state) for slot, state in told.items()], at=NOON)
        tx.add([entry("sending", due=NOON - LEASE)], at=NOON)
        tx.claim(NOON - LEASE, lease=LEASE, limit=1, owner="two")
        tx.add([entry("early", due=NOON - LEASE), entry("late", due=NOON + LEASE)], at=NOON)
        tx.add([entry("held", state=HELD), entry("sms", connector="sms", automation="nudge")], at=NOON)
        tx.add([entry("south", client="south", programme="run"), entry("tui", recipient="E-002")], at=NOON)
    return store


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"states": [DispatchState.IN_DOUBT, HELD]}, {"doubt", "held"}),
        ({"states": [RETRY, DispatchState.SENDING, SENT]}, {"again", "sending", "sent"}),
        ({"connector": "sms"}, {"sms"}),
        ({"automation": "nudge", "states": [READY]}, {"sms"}),
        ({"client": "south", "programme": "run"}, {"south"}),
        ({"person": "E-002"}, {"tui"}),
        ({"person": "Tui@north.example"}, {"tui"}),
        ({"since": NOON + LEASE}, {"late"}),
        ({"until": NOON}, {"early", "sending"}),
        ({"since": NOON, "until": NOON}, set()),
        ({"limit": 1}, {"late"}),
        ({"limit": 1, "states": [RETRY, DispatchState.SENDING]}, {"again"}),
        ({"limit": 0}, set()),
    ],
)
def test_rows_are_found_by_what_is_asked(several: Store, empty: Register, asked: Asked, found: set[str]) -> None:
    """Each condition narrows; a limit keeps those due last."""
    tui = Person(id="E-002", name="Tui", email="tui@north.example")
    with several.begin() as tx:
        tx.save(empty, Register(client="north", programme="care", people={tui.id: tui}))

        assert found == {row.dispatch.slot for row in tx.ledger(**asked)}


def test_rows_come_by_due_instant(several: Store) -> None:
    """Whatever their states, and with a limit as well."""
    with several.begin() as tx:
        every = [(row.dispatch.due, row.dispatch.key) for row in tx.ledger()]
        last = [row.dispatch.slot for row in tx.ledger(limit=2, states=[READY, SENT])]

    assert sorted(every) == every
    assert ["south", "late"] == last


def test_what_is_not_finished_is_counted(several: Store) -> None:
    """By connector, automation and state, with the earliest due instant of each; what went is not (N5)."""
    with several.begin() as tx:
        found = {(one.connector, one.automation, one.state): (one.rows, one.oldest_due) for one in tx.counts()}

    assert {
        ("mail", "remind", READY): (4, NOON - LEASE),
        ("mail", "remind", RETRY): (1, NOON),
        ("mail", "remind", DispatchState.SENDING): (1, NOON - LEASE),
        ("mail", "remind", DispatchState.IN_DOUBT): (1, NOON),
        ("mail", "remind", HELD): (1, NOON),
        ("sms", "nudge", READY): (1, NOON),
    } == found


def test_an_empty_ledger_counts_nothing(store: Store) -> None:
    """And has no row of any kind."""
    with store.begin() as tx:
        assert ([], [], None) == (tx.counts(), tx.ledger(), tx.parcel("nothing"))


UNFINISHED = ("ix_ledger_waiting", "ix_ledger_leased", "ix_ledger_stuck", "VIRTUAL TABLE", "CONSTANT")
"""Small indexes, and steps over what a statement holds itself."""
QUESTIONS: dict[str, Callable[[Transaction], object]] = {
    "waiting": lambda tx: tx.waiting(NOON),
    "claim": lambda tx: tx.claim(NOON, lease=LEASE, limit=1, owner="one", client="north", connector="mail"),
    "claim of any lane": lambda tx: tx.claim(NOON, lease=LEASE, limit=1, owner="one"),
    "settle": lambda tx: tx.settle_many("one", [Settled("a", SENT), Settled("b", RETRY)], at=NOON),
    "renew": lambda tx: tx.renew_many("one", ["a"], until=NOON),
    "expired": lambda tx: tx.expired(NOON),
    "expired, the clock set back": lambda tx: tx.expired(NOON, longest=LEASE),
    "next delivery": lambda tx: tx.next_delivery(),
    "next delivery after": lambda tx: tx.next_delivery(NOON),
    "counts": lambda tx: tx.counts(),
    "known": lambda tx: tx.known(["a"]),
    "call off": lambda tx: tx.call_off("north", "care", at=NOON),
    "call off of a person": lambda tx: tx.call_off("north", "care", recipient="E-001", at=NOON),
    "overrule": lambda tx: tx.overrule("a", READY, at=NOON),
    "today, stuck": lambda tx: tx.ledger(states=(DispatchState.IN_DOUBT, DispatchState.FAILED, HELD)),
    "today, waiting": lambda tx: tx.ledger(states=(READY, RETRY)),
    "unsent of a programme": lambda tx: tx.ledger(client="north", programme="care", states=(READY, RETRY, HELD)),
    "of a client": lambda tx: tx.ledger(client="north"),
    "of a person": lambda tx: tx.ledger(person="E-001"),
    "of an address": lambda tx: tx.ledger(person="ana@north.example"),
    "invites": lambda tx: tx.load("north", "care"),
    "suppressed": lambda tx: tx.suppressed(["ana@north.example"]),
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_question_is_answered_by_index(sqlite_store: Store, empty: Register, entry: Make, name: str) -> None:
    """Nothing walks through what ever went out, only through what is asked for or not finished."""
    asked: list[tuple[str, Any]] = []
    with sqlite_store.begin() as tx:
        tx.save(empty, empty)
        tx.add([entry("a"), entry("b", state=HELD)], at=NOON)
        engine = tx._connection.engine  # noqa: SLF001 - listens to the statements themselves
        listen = lambda c, cursor, said, bound, *_: asked.append((said, bound))  # noqa: E731 - a listener of one line
        event.listen(engine, "before_cursor_execute", listen)
        QUESTIONS[name](tx)
        event.remove(engine, "before_cursor_execute", listen)
        plan = [
            row[3]
            for said, bound in asked
            for row in tx._connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {said}", bound)  # noqa: SLF001 - asks the database itself
        ]

    assert asked
    assert [] == [step for step in plan if step.startswith("SCAN") and not any(name in step for name in UNFINISHED)]
