"""A post office: a workspace without rules, whose connectors are twins and whose ledger is filled by hand."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from convener.clock import VirtualClock
from convener.errors import Place
from convener.model import Dispatch, DispatchState, LedgerRow, Parcel, Verb
from convener.operations.delivery import DeliverReport, deliver
from convener.operations.delivery.recovery import Mine, recover
from convener.operations.rules import RuleBook
from convener.operations.workspace import Workspace
from convener.ports import Connector
from convener.registry import Connectors
from convener.settings import ConnectorConfig, load_settings
from convener.store import Claim, Store

NOON = datetime(2027, 1, 19, 12, tzinfo=UTC)
LEASE = timedelta(minutes=5)


def a_dispatch(number: int, **changes: Any) -> Dispatch:
    """Return the dispatch of that *number*, due at noon."""
    plain = Dispatch(
        client="acme", programme="lead", automation="remind", step="send.reminder.email", subject="lead/north/1",
        slot="2027-01-19T12:00", recipient=f"p{number:04}", channel="email", connector="mail", due=NOON,
        reason="soon", verb=Verb.SEND, what="reminder",
    )  # fmt: skip
    return replace(plain, **changes)


def a_parcel(dispatch: Dispatch) -> Parcel:
    """Return what *dispatch* hands over."""
    address = f"{dispatch.recipient}@{dispatch.client}.example"
    return Parcel(message_id=f"<{dispatch.recipient}@{dispatch.client}>", to_name="Ana", to_email=address, text="Hi.")


@dataclass(slots=True)
class Office:
    """A workspace and what one does with it."""

    workspace: Workspace
    clock: VirtualClock

    def post(self, count: int = 1, **changes: Any) -> list[Dispatch]:
        """Put *count* dispatches into the ledger, ready and due."""
        dispatches = [a_dispatch(number, **changes) for number in range(count)]
        with self.workspace.store.begin() as tx:
            tx.add([(each, a_parcel(each), DispatchState.READY) for each in dispatches], at=NOON)
        return dispatches

    def deliver(self, **how: Any) -> DeliverReport:
        """Deliver once."""
        return deliver(self.workspace, **how)

    def rows(self) -> list[LedgerRow]:
        """Return the ledger."""
        with self.workspace.store.begin() as tx:
            return tx.ledger()

    def states(self) -> list[DispatchState]:
        """Return the states of the rows by their keys."""
        return [row.state for row in sorted(self.rows(), key=lambda row: row.dispatch.key)]

    def die(self, *, limit: int = 1, owner: str = "dead") -> None:
        """Let a sender claim *limit* rows and never be heard of again."""
        with self.workspace.store.begin() as tx:
            tx.claim(self.clock.now(), lease=LEASE, limit=limit, owner=owner)
        self.clock.move_to(self.clock.now() + LEASE)

    def recover(self) -> None:
        """Settle what the dead had in hand, and do nothing else."""
        mine = Mine(owner="us", flying=())
        with self.workspace.store.begin() as tx:
            recover(tx, self.workspace.connectors.settlement, self.clock.now(), longest=2 * LEASE, mine=mine)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Callable[..., Office]]:
    """Open post offices with the connectors named, each perhaps with settings of its own."""
    opened: list[Office] = []

    def make(tables: Mapping[str, Mapping[str, Any]] = {}, database: str = "", **connectors: Connector) -> Office:
        folder = tmp_path / f"office{len(opened)}"
        folder.mkdir()
        (folder / "config.toml").write_text("", encoding="utf-8")
        settings = load_settings(folder, {})
        configs = {
            name: ConnectorConfig(name=name, plugin="memory", place=Place(""), **tables.get(name, {}))
            for name in connectors
        }
        clock = VirtualClock(NOON)
        settings = replace(settings, connectors=configs)
        workspace = Workspace(
            folder=folder,
            settings=settings,
            rules=RuleBook.of(folder, settings),
            store=Store.open(database or settings.database, workspace=folder),
            connectors=Connectors(connectors, {}),
            clock=clock,
        )
        opened.append(Office(workspace, clock))
        return opened[-1]

    yield make
    for each in opened:
        each.workspace.close()


@pytest.fixture
def claimed() -> Callable[..., Claim]:
    """Make claims by hand: the changes of dispatch and row by name."""

    def make(*, attempts: int = 1, error: str = "", parcel: bool = True, owner: str = "us", **changes: Any) -> Claim:
        dispatch = a_dispatch(0, **changes)
        row = LedgerRow(
            dispatch=dispatch, state=DispatchState.SENDING, attempts=attempts, error=error, message_id="<p0000@acme>"
        )
        return Claim(row=row, parcel=a_parcel(dispatch) if parcel else None, owner=owner, leased_until=NOON + LEASE)

    return make
