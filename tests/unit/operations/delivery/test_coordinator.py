"""Delivering: what is due goes out once, whatever the other side does."""

import signal
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from typing import Any, ClassVar

import pytest

from convener.errors import AmbiguousError, Delay, HeldError, PermanentError, RetryError
from convener.model import DispatchState, Parcel
from convener.model.dispatches import QUARANTINED
from convener.operations.delivery import Delivery, Sent
from convener.operations.delivery.ladders import LADDERS
from convener.operations.delivery.lines import BATCH
from convener.operations.delivery.outcomes import SUPPRESSED
from convener.operations.delivery.recovery import DEATHS
from convener.ports import Settlement
from convener.testing import MemoryLookup, MemoryMessenger

DOWN = RetryError("nothing answers", delay=Delay.UNREACHABLE)
SECOND = timedelta(seconds=1)


class Asking(MemoryMessenger):
    """After a death a person must say."""

    settlement: ClassVar[Settlement] = Settlement.ASK


def test_everything_due_goes_out_once(office: Callable[..., Any]) -> None:
    """Many through one connector, with several senders; the second time there is nothing (N5, P1)."""
    mail = MemoryMessenger()
    post = office(mail=mail)
    dispatches = post.post(3 * BATCH + 7)
    first, second = post.deliver(), post.deliver()

    assert (len(dispatches), 0, 0, None) == (first.sent, first.retry, second.sent, first.next_due)
    assert len(dispatches) == len(mail.sent) == len(mail.arrived)
    assert {DispatchState.SENT} == set(post.states())


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.integration)])
def test_two_deliveries_share_the_work_and_double_nothing(
    office: Callable[..., Any], request: pytest.FixtureRequest, kind: str
) -> None:
    """No row is ever in two hands, on either database (N5, fault 14)."""
    mail = MemoryMessenger()
    post = office(database=request.getfixturevalue("postgresql_url") if kind == "postgresql" else "", mail=mail)
    post.post(3 * BATCH)
    reports: list[Any] = []
    both = [threading.Thread(target=lambda: reports.append(post.deliver())) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()

    assert 3 * BATCH == sum(report.sent for report in reports) == len(mail.sent) == len(mail.arrived)
    assert {DispatchState.SENT} == set(post.states())


def test_a_server_that_is_down_is_not_asked_for_every_message(office: Callable[..., Any]) -> None:
    """The breaker opens; the others stay ready, none has lost an attempt, and all go when it is back (N5)."""
    mail = MemoryMessenger()
    mail.failures.extend([DOWN] * 4)
    post = office({"mail": {"senders": 1}}, mail=mail)
    post.post(200)
    with closing(Delivery(post.workspace)) as delivery:
        report = delivery.run()
        stands = delivery.breakers()
        attempts = sum(row.attempts for row in post.rows())
        again = delivery.run()
        post.clock.move_to(report.next_due)
        probe = delivery.run()
        post.clock.move_to(post.clock.now() + timedelta(hours=1))
        last = delivery.run()

    assert (0, 3, {"mail": "open"}, 0) == (report.sent, report.retry, stands, attempts)
    assert (0, 0) == (again.sent, again.retry)
    assert (0, 1) == (probe.sent, probe.retry)
    assert 200 == last.sent == len(mail.arrived)
    assert {1} == {row.attempts for row in post.rows()}


def test_what_is_delayed_waits_for_its_rung_and_ends_as_failed(office: Callable[..., Any]) -> None:
    """Rung by rung, and after the last a person is told why (N5, R25)."""
    mail = MemoryMessenger()
    rungs = LADDERS[Delay.GREYLISTED]
    mail.failures.extend([RetryError("come back", delay=Delay.GREYLISTED)] * (len(rungs) + 1))
    post = office(mail=mail)
    post.post()
    early = []
    for wait in rungs:
        report = post.deliver()
        post.clock.move_to(post.clock.now() + wait - SECOND)
        early.append(post.deliver().retry)
        post.clock.move_to(report.next_due)
    last = post.deliver()
    row = post.rows()[0]

    assert {0} == set(early)
    assert (1, DispatchState.FAILED, len(rungs) + 1) == (last.failed, row.state, row.attempts)
    assert "mail: come back; no further try" == row.error


@pytest.mark.parametrize(
    ("connector", "state"),
    [
        (MemoryMessenger(), DispatchState.RETRY),
        (MemoryLookup(), DispatchState.RETRY),
        (Asking(), DispatchState.IN_DOUBT),
    ],
)
def test_what_may_have_arrived_is_settled_by_policy(office: Callable[..., Any], connector: Any, state: Any) -> None:
    """The one moment that is never hidden (N5, fault 8)."""
    connector.failures.append(AmbiguousError("the line was cut"))
    post = office(mail=connector)
    post.post()
    post.deliver()

    assert [state] == post.states()


class Cut(MemoryLookup):
    """Takes the message, and is cut before it can say so."""

    def send(self, parcel: Parcel) -> str:
        """Keep it and fail."""
        super().send(parcel)
        raise AmbiguousError("cut")


def test_what_is_found_on_the_other_side_is_not_sent_again(office: Callable[..., Any]) -> None:
    """Read back before the second try (N5, fault 10)."""
    sheet = Cut()
    post = office(mail=sheet)
    post.post()
    post.clock.move_to(post.deliver().next_due)
    post.deliver()

    assert (1, [DispatchState.SENT]) == (len(sheet.sent), post.states())


def test_after_a_death_all_of_it_goes_again(office: Callable[..., Any]) -> None:
    """What a dead sender had in hand goes out after its lease, with everything else; none is blamed (N5, fault 1)."""
    mail = MemoryMessenger()
    post = office(mail=mail)
    post.post(30)
    post.die(limit=10)
    before = [row.error for row in post.rows() if row.error]
    report = post.deliver()

    assert ([], 30) == (before, report.sent)
    assert 30 == len(mail.arrived)


class Watching(MemoryMessenger):
    """Looks into the ledger while it sends."""

    def __init__(self) -> None:
        super().__init__()
        self.on_the_wire: dict[str, int] = {}
        self.count: Callable[[], int] = lambda: 0

    def send(self, parcel: Parcel) -> str:
        """Send, and note how many rows are being sent."""
        self.on_the_wire[parcel.message_id] = self.count()
        return super().send(parcel)


def test_what_died_together_goes_again_one_by_one(office: Callable[..., Any]) -> None:
    """So that the one that kills is alone when it does so again (fault 17)."""
    mail = Watching()
    post = office({"mail": {"senders": 1}}, mail=mail)
    mail.count = lambda: post.states().count(DispatchState.SENDING)
    post.post(20)
    post.die(limit=5)
    post.deliver()

    assert [1, 1, 1, 1, 1, 15] == list(mail.on_the_wire.values())[:6]


def test_what_kills_is_put_away_and_the_next_goes_on(office: Callable[..., Any]) -> None:
    """Blamed only when it was alone, three times; a person may let it go again (fault 17)."""
    post = office(mail=MemoryMessenger())
    post.post(3)
    for _ in range(DEATHS):
        post.die(limit=1)
        post.recover()  # and the next death comes before it could be sent
    report = post.deliver()

    assert [DispatchState.HELD, DispatchState.SENT, DispatchState.SENT] == post.states()
    assert 2 == report.sent
    assert [QUARANTINED, "", ""] == [row.error for row in sorted(post.rows(), key=lambda row: row.dispatch.key)]


def test_a_dead_address_is_suppressed_after_the_second_refusal(office: Callable[..., Any]) -> None:
    """The third message to it is not even tried (fault 7)."""
    mail = MemoryMessenger()
    mail.failures.extend([PermanentError("550 5.1.1", dead=True)] * 2)
    post = office({"mail": {"senders": 1}}, mail=mail)
    for subject in ("one", "two", "three"):
        post.post(subject=subject)
        post.deliver()

    assert [] == mail.sent
    assert [0, 1, 1] == sorted(row.attempts for row in post.rows())
    assert {"mail: 550 5.1.1", SUPPRESSED} == {row.error for row in post.rows()}


def test_a_limit_is_kept_to_and_waited_for(office: Callable[..., Any]) -> None:
    """Ten a minute are ten a minute, and the run takes as long as that needs."""
    post = office({"mail": {"per_minute": 10}}, mail=MemoryMessenger())
    began = post.clock.now()
    post.post(31)
    report = post.deliver()

    assert 31 == report.sent
    assert timedelta(minutes=3) <= post.clock.now() - began


def test_a_run_of_the_daemon_does_not_wait_for_hours(office: Callable[..., Any]) -> None:
    """It says when it is worth asking again, and goes on there."""
    post = office({"mail": {"per_minute": 1}}, mail=MemoryMessenger())
    post.post(5)
    with closing(Delivery(post.workspace)) as delivery:
        report = delivery.run(patience=90)

    assert (2, post.clock.now() + timedelta(minutes=1)) == (report.sent, report.next_due)


def test_no_more_than_asked_is_taken(office: Callable[..., Any]) -> None:
    """A job takes one batch and goes to the end of the queue."""
    post = office(mail=MemoryMessenger())
    post.post(30)
    with closing(Delivery(post.workspace)) as delivery:
        reports = [delivery.run(limit=20) for _ in range(2)]

    assert [20, 10] == [report.sent for report in reports]
    assert [post.clock.now(), None] == [report.next_due for report in reports]


class Halting(MemoryMessenger):
    """Is told to stop while it sends its third message."""

    def __init__(self) -> None:
        super().__init__()
        self.halt = threading.Event()

    def send(self, parcel: Parcel) -> str:
        """Send, and stop everything after the third."""
        if len(self.sent) == 2:
            self.halt.set()
        return super().send(parcel)


def test_told_to_halt_it_ends_what_is_on_the_wire_and_gives_back_the_rest(office: Callable[..., Any]) -> None:
    """Nothing new begins; what was claimed and not sent is ready, and its attempt does not count (N5)."""
    mail = Halting()
    post = office({"mail": {"senders": 1}}, mail=mail)
    post.post(50)
    with closing(Delivery(post.workspace, halt=mail.halt)) as delivery:
        report = delivery.run()
    left = [row for row in post.rows() if row.state is not DispatchState.SENT]

    assert report.sent == len(mail.sent) < 50
    assert {(DispatchState.READY, 0)} == {(row.state, row.attempts) for row in left}
    assert 50 == len(left) + len(mail.sent)


class Interrupting(MemoryMessenger):
    """Has somebody press Ctrl-C while it sends its third message."""

    def send(self, parcel: Parcel) -> str:
        """Send, and interrupt; the call takes long enough for that to be heard."""
        if len(self.sent) == 2:
            signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
            threading.Event().wait(0.5)
        return super().send(parcel)


def test_interrupted_it_settles_what_was_on_the_wire(office: Callable[..., Any]) -> None:
    """Ctrl-C leaves nothing in anybody's hand (N5)."""
    mail = Interrupting()
    post = office({"mail": {"senders": 1}}, mail=mail)
    post.post(2 * BATCH)
    with pytest.raises(KeyboardInterrupt):
        post.deliver()
    states = post.states()

    assert {DispatchState.SENT, DispatchState.READY} == set(states)
    assert len(mail.sent) == states.count(DispatchState.SENT) < 2 * BATCH


def test_a_connector_that_is_not_there_hinders_no_other(office: Callable[..., Any]) -> None:
    """Its messages wait for a person to mend it; the others go (P14)."""
    post = office(mail=MemoryMessenger())
    post.post(5)
    post.post(5, connector="gone", step="send.reminder.text")
    report = post.deliver()
    gone = [row for row in post.rows() if row.dispatch.connector == "gone"]

    assert 5 == report.sent
    assert {DispatchState.READY, DispatchState.RETRY} == {row.state for row in gone}
    assert {0} == {row.attempts for row in gone}
    assert any("no connector 'gone'" in why for why in report.failures)


def test_whoever_measures_hears_of_everything_that_is_over(office: Callable[..., Any]) -> None:
    """Connector, automation, state and how long it was due; nothing else (fault 38)."""
    mail = MemoryMessenger()
    mail.failures.append(PermanentError("no"))
    post = office({"mail": {"senders": 1}}, mail=mail)
    post.post(2)
    post.clock.move_to(post.clock.now() + timedelta(minutes=1))
    told: list[Sent] = []
    with closing(Delivery(post.workspace, observe=told.append)) as delivery:
        delivery.run()

    assert [
        Sent(connector="mail", automation="remind", state=state, dwell=60.0)
        for state in (DispatchState.FAILED, DispatchState.SENT)
    ] == sorted(told, key=lambda sent: sent.state)


def test_nothing_goes_out_of_a_database_that_was_put_back(office: Callable[..., Any]) -> None:
    """Until a person says so (fault 15)."""
    post = office(mail=MemoryMessenger())
    post.post()
    with post.workspace.store.begin() as tx:
        tx.put_fact("hold", "it is a copy")
    with pytest.raises(HeldError):
        post.deliver()

    assert [DispatchState.READY] == post.states()
