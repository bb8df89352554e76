"""What delivery asks of the database, and what it does when that fails."""

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from typing import Any, ClassVar

import pytest

from convener.errors import StoreError
from convener.model import DispatchState, Parcel
from convener.operations.delivery import Delivery
from convener.operations.delivery.books import Books
from convener.operations.delivery.lanes import Lanes
from convener.operations.delivery.lines import BATCH, Desk, Line
from convener.store import Settled
from convener.testing import MemoryMessenger

STUCK = (
    "CREATE TRIGGER stuck BEFORE UPDATE ON ledger WHEN NEW.state = 'sent' "
    "BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END"
)


def books_of(post: Any) -> tuple[Books, Lanes]:
    """Return the books of a delivery whose lines nobody works on, and the lanes they take from."""
    desk, lines = Desk(now=post.clock.now, halt=threading.Event()), {}

    def line(name: str) -> Line:
        return lines.setdefault(name, Line(post.workspace, name, desk))

    return Books(workspace=post.workspace, owner="us", line=line), Lanes(line=line, owner="us", looked=post.clock.now())


def tell(post: Any, statement: str) -> None:
    """Do something to the database behind everybody's back."""
    with closing(sqlite3.connect(post.workspace.folder / "var" / "convener.db", timeout=60)) as connection:
        connection.execute(statement)
        connection.commit()


def test_a_lease_is_renewed_while_something_is_in_hand(office: Callable[..., Any]) -> None:
    """A long queue does not outlive its lease, whatever the clock does (N5, fault 12)."""
    post = office(mail=MemoryMessenger())
    post.post(2)
    books, lanes = books_of(post)
    (errand, _) = books.exchange(lanes, post.clock.now(), is_ending=False)
    ends = []
    for passed in (timedelta(minutes=3), timedelta(hours=30), timedelta(hours=-60)):
        post.clock.instant += passed
        books.exchange(lanes, post.clock.now(), is_ending=False)
        ends.append(errand.until - post.clock.now())

    assert [errand.line.lease] * 3 == ends


def test_what_somebody_else_took_meanwhile_is_not_begun(office: Callable[..., Any]) -> None:
    """The machine slept, its lease ended, and another one sends it (fault 14)."""
    post = office(mail=MemoryMessenger())
    post.post()
    books, lanes = books_of(post)
    (errand,) = books.exchange(lanes, post.clock.now(), is_ending=False)
    with post.workspace.store.begin() as tx:
        tx.settle_many("us", [Settled(errand.key, DispatchState.SENT)], at=post.clock.now())
    post.clock.move_to(post.clock.now() + timedelta(hours=1))
    books.exchange(lanes, post.clock.now(), is_ending=False)

    assert errand.until < post.clock.now() - timedelta(days=365)


class Mending(MemoryMessenger):
    """Has its third message put the database right again."""

    def __init__(self) -> None:
        super().__init__()
        self.mend: Callable[[], None] = lambda: None

    def send(self, parcel: Parcel) -> str:
        """Send, and mend."""
        told = super().send(parcel)
        if len(self.sent) == 3:
            threading.Timer(0.3, self.mend).start()
        return told


def test_what_was_sent_is_settled_once_the_database_is_back(office: Callable[..., Any]) -> None:
    """Nothing new is claimed meanwhile, nothing is sent twice, nothing counts as sent unless written (fault 3)."""
    mail = Mending()
    post = office({"mail": {"senders": 1}}, mail=mail)
    post.post(BATCH + 20)
    mail.mend = lambda: tell(post, "DROP TRIGGER stuck")
    tell(post, STUCK)
    report = post.deliver()

    assert BATCH + 20 == report.sent == len(mail.sent)
    assert {DispatchState.SENT} == set(post.states())


def test_when_it_does_not_come_back_the_run_ends_and_the_next_one_settles(office: Callable[..., Any]) -> None:
    """What is known is kept for as long as the process lives; who sent it is not asked again (fault 3, 6)."""
    mail = MemoryMessenger()
    post = office(mail=mail)
    post.post(5)
    halt = threading.Event()
    tell(post, STUCK)
    with closing(Delivery(post.workspace, halt=halt)) as delivery:
        threading.Timer(0.2, halt.set).start()
        with pytest.raises(StoreError):
            delivery.run()
        stuck = post.states()
        tell(post, "DROP TRIGGER stuck")
        halt.clear()
        report = delivery.run()

    assert {DispatchState.SENDING} == set(stuck)
    assert {DispatchState.SENT} == set(post.states())
    assert 5 == report.sent == len(mail.sent)


class Hung(MemoryMessenger):
    """Never answers its first message."""

    deadline: ClassVar[float] = 0.05

    def __init__(self) -> None:
        super().__init__()
        self.go = threading.Event()

    def send(self, parcel: Parcel) -> str:
        """Wait with the first one."""
        if parcel.message_id.startswith("<p0000"):
            self.go.wait(60)
        return super().send(parcel)


def test_a_hanging_message_is_settled_by_policy_and_stops_nobody(office: Callable[..., Any]) -> None:
    """It is tried again later with the same id, and what its lost call comes to is nothing to us (fault 19)."""
    mail = Hung()
    post = office({"mail": {"senders": 1}}, mail=mail)
    post.post(10)
    report = post.deliver()
    mail.go.set()

    assert (9, 1) == (report.sent, report.retry)
    assert [DispatchState.RETRY, *[DispatchState.SENT] * 9] == post.states()


def test_a_group_costs_one_commit(office: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    """What was sent is settled in the commit that claims what goes next: some for hundreds, not two for each (N7)."""
    post = office(mail=MemoryMessenger())
    post.post(5 * BATCH)
    journal = tmp_path / "journal"
    monkeypatch.setenv("CONVENER_FAILPOINT_JOURNAL", str(journal))
    report = post.deliver()
    monkeypatch.delenv("CONVENER_FAILPOINT_JOURNAL")
    commits = [line for line in journal.read_text("utf-8").splitlines() if line.endswith(":committed")]

    assert 5 * BATCH == report.sent
    assert len(commits) < BATCH


def test_what_falls_due_while_a_run_ends_is_not_slept_through(office: Callable[..., Any]) -> None:
    """It lies after the last look, though it is past when the run ends: the next run comes at once (P1)."""
    post = office(mail=MemoryMessenger())
    began = post.clock.now()
    soon = began + timedelta(seconds=1)
    post.post(due=soon)
    books, lanes = books_of(post)
    books.exchange(lanes, began, is_ending=False)
    post.clock.move_to(began + timedelta(minutes=1))

    assert soon == books.close(lanes)


def test_the_end_of_a_lease_wakes_somebody(office: Callable[..., Any]) -> None:
    """What a dead sender had in hand goes out when its lease ends, and not with the next rhythm (N5, fault 1)."""
    post = office(mail=MemoryMessenger())
    post.post(2)
    with post.workspace.store.begin() as tx:
        (claim,) = tx.claim(post.clock.now(), lease=timedelta(minutes=5), limit=1, owner="dead")
    report = post.deliver()

    assert (1, claim.leased_until) == (report.sent, report.next_due)
