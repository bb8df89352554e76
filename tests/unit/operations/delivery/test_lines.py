"""The way to one connector."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any, ClassVar

import pytest

from convener.errors import Delay
from convener.model import Parcel
from convener.operations.delivery.lines import BATCH, LOW, Desk, Errand, Line, Result, policy_of
from convener.ports import Settlement
from convener.testing import MemoryLookup, MemoryMessenger, NoSettings


class Asking(MemoryMessenger):
    """After a death a person must say."""

    settlement: ClassVar[Settlement] = Settlement.ASK


class Unable:
    """Promises to read back and cannot."""

    plugin: ClassVar[str] = "memory"
    settings: ClassVar[type[NoSettings]] = NoSettings
    settlement: ClassVar[Settlement] = Settlement.LOOKUP
    deadline: ClassVar[float] = 1.0


class Hanging(MemoryMessenger):
    """Never answers, until it is let go."""

    deadline: ClassVar[float] = 0.02

    def __init__(self) -> None:
        super().__init__()
        self.go = threading.Event()

    def send(self, parcel: Parcel) -> str:
        """Wait."""
        self.go.wait(60)
        return super().send(parcel)


@pytest.fixture
def line_of(office: Callable[..., Any]) -> Iterator[Callable[..., tuple[Line, Any]]]:
    """Make lines, and end their senders."""
    lines: list[Line] = []

    def make(connector: Any, **table: Any) -> tuple[Line, Any]:
        post = office({"mail": table}, mail=connector)
        lines.append(Line(post.workspace, "mail", Desk(now=post.clock.now, halt=threading.Event())))
        return lines[-1], post

    yield make
    for line in lines:
        line.close()


def heard(line: Line) -> list[Result]:
    """Wait until the bell rings and return what is on the desk."""
    assert line.desk.bell.wait(60)
    line.desk.bell.clear()
    return [line.desk.results.popleft() for _ in range(len(line.desk.results))]


def test_a_connector_that_asks_gets_one_for_each_free_sender(line_of: Callable[..., Any]) -> None:
    """No more is in doubt after a death than was on the wire (N5); the others get a batch when they run low."""
    asking, post = line_of(Asking(), senders=3)
    plain, _ = line_of(MemoryMessenger(), senders=3)
    now, rooms = post.clock.now(), []
    for in_hand in (0, 1, 3, LOW, LOW + 1):
        asking.in_hand = plain.in_hand = in_hand
        rooms.append((asking.room(now), plain.room(now)))

    assert [(3, BATCH), (2, BATCH), (0, BATCH), (0, BATCH), (0, 0)] == rooms


def test_one_alone_tries_whether_the_other_side_is_back(line_of: Callable[..., Any]) -> None:
    """An open breaker lets nothing go, a half-open one a single message."""
    line, post = line_of(MemoryMessenger())
    line.breaker = line.breaker.failed(Delay.MISCONFIGURED, post.clock.now())
    opens = line.opens(post.clock.now())

    assert 0 == line.room(post.clock.now())
    assert (1, None) == (line.room(opens), line.opens(opens))
    line.in_hand = 1
    assert 0 == line.room(opens)


def test_what_is_put_is_sent_and_the_bell_rings(line_of: Callable[..., Any], claimed: Any) -> None:
    """Two senders at most, and no message is lost between them."""
    line, post = line_of(MemoryMessenger(), senders=2)
    errands = [Errand("key", claimed(), line, post.clock.now() + timedelta(minutes=5)) for _ in range(20)]
    for errand in errands:
        line.put(errand)
    results: list[Result] = []
    while len(results) < len(errands):
        results += heard(line)

    assert set(errands) == {result.errand for result in results}
    assert {None} == {result.error for result in results}


def test_what_could_lose_its_lease_on_the_wire_is_not_begun(line_of: Callable[..., Any], claimed: Any) -> None:
    """A machine that slept must not send what others have sent meanwhile (fault 12, 14)."""
    mail = MemoryMessenger()
    line, post = line_of(mail)
    line.put(Errand("key", claimed(), line, post.clock.now() + timedelta(seconds=mail.deadline / 2)))

    assert [True] == [result.unsent for result in heard(line)]
    assert [] == mail.sent


def test_a_sender_that_hangs_is_given_up_and_another_takes_its_place(line_of: Callable[..., Any], claimed: Any) -> None:
    """Threads cannot be stopped; the rest of the queue does not wait for one (fault 19)."""
    mail = Hanging()
    line, post = line_of(mail, senders=1)
    until = post.clock.now() + timedelta(minutes=5)
    first, second = (Errand("key", claimed(), line, until) for _ in range(2))
    line.put(first)
    line.put(second)
    hung: list[Errand] = []
    while not hung:
        hung = line.give_up_hung()
    mail.go.set()

    assert [first] == hung
    assert [second] == [result.errand for result in heard(line)]


def test_a_connector_of_which_nothing_is_known_asks(office: Callable[..., Any]) -> None:
    """One that is gone, or promises to read back what it cannot, leaves the doubt to a person (N5)."""
    workspace = office(mail=MemoryMessenger(), sheet=MemoryLookup(), odd=Unable()).workspace
    policies = [policy_of(workspace, name) for name in ("mail", "sheet", "odd", "gone")]

    assert [Settlement.SAME_ID, Settlement.LOOKUP, Settlement.ASK, Settlement.ASK] == policies


def test_a_lease_is_three_times_the_deadline_at_least(line_of: Callable[..., Any]) -> None:
    """However long one call may take, it ends within the lease it began under (design §7)."""

    class Slow(MemoryMessenger):
        deadline: ClassVar[float] = 1000.0

    assert timedelta(seconds=3000) == line_of(Slow())[0].lease
    assert timedelta(minutes=5) == line_of(MemoryMessenger())[0].lease
