"""Typed changes through the store."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from convener.errors import RefusedError, UsageError
from convener.model import (
    DispatchState,
    MovePod,
    MoveSession,
    NewManager,
    ParticipantStatus,
    Register,
    Return,
    Second,
    SwapCoach,
    Withdraw,
)
from convener.operations.change import change
from convener.operations.delivery import deliver
from convener.operations.difference import differ
from convener.operations.ledger import rows
from convener.operations.plan import plan
from convener.operations.tick import tick
from convener.store import Store, Transaction

SCOPE = "northern-health/primary-care"
PERSON = "chiara.grant@northern.example"
APRIL = date(2027, 4, 12)
UNTIL = datetime(2027, 6, 1, tzinfo=UTC)
GAP = timedelta(days=45)


def test_a_dry_run_shows_the_difference_and_writes_nothing(live) -> None:
    """Withdrawing would call off mails and cancel invites, and nothing is written yet (N3)."""
    tick(live.workspace, at=live.clock.now())
    deliver(live.workspace, at=live.clock.now())
    before = live.register
    difference = change(live.workspace, SCOPE, Withdraw(person=PERSON, on=APRIL), dry_run=True).difference

    assert before == live.register
    assert {"00101"} == {d.recipient for d in difference.disappearing if d.automation == "remind"}
    assert all(d.recipient != "00101" or d.verb == "invite" for d in difference.appearing)
    assert {"mails not sent", "questions not asked", "invites cancelled"} <= set(difference.groups)


def outlooks(live, what, *, until=UNTIL):
    """Return what a dry run of *what* says, the plan before it, and the plan after it was really applied."""
    report = change(live.workspace, SCOPE, what, dry_run=True, until=until)
    before, _ = plan(live.workspace, SCOPE, until)
    change(live.workspace, SCOPE, what)
    after, _ = plan(live.workspace, SCOPE, until)
    return report, before, after


@pytest.mark.parametrize("delivered", [True, False])
@pytest.mark.parametrize(
    "what",
    [
        Withdraw(person=PERSON, on=date(2027, 1, 25)),
        Second(person=PERSON, on=date(2027, 1, 25), until=date(2027, 3, 1), zone="Europe/Lisbon"),
        NewManager(person=PERSON, on=date(2027, 1, 25), name="Leila Iqbal", email="leila.iqbal@northern.example"),
    ],
    ids=["withdraw", "second", "manager"],
)
def test_a_dry_run_is_the_difference_of_the_plans_before_and_after(live, what, delivered) -> None:
    """Key by key and flag by flag; after applying, the plan is the one that was foreseen (N3)."""
    tick(live.workspace)
    if delivered:
        deliver(live.workspace, at=live.clock.now())
    live.clock.move_to(live.clock.now() + timedelta(days=1))
    report, before, after = outlooks(live, what)
    told, real = report.difference, differ(before, after)

    assert real == told
    foreseen = {d.key for d in before.dispatches} - {d.key for d in told.disappearing}
    assert {d.key for d in after.dispatches} == foreseen | {d.key for d in told.appearing}


def a_day_later(register: Register) -> MoveSession:
    """Return the earliest move by a day that rules allow: within Tuesday to Thursday, the gap and the coach's days."""
    held = {session.id: session.starts.date() for session in register.sessions.values()}
    coaches = {row.pod: row.coach for row in register.coachings}
    taken = {(coaches[session.pod], held[session.id]) for session in register.sessions.values()}
    for session in sorted(register.sessions.values(), key=lambda session: session.starts):
        day = held[session.id] + timedelta(days=1)
        last = held.get(f"{session.pod}/{session.number - 1}", day)
        if day.isoweekday() in {3, 4} and (coaches[session.pod], day) not in taken and day - last <= GAP:
            return MoveSession(session=session.id, starts=session.starts + timedelta(days=1))
    pytest.fail("no session of the register can begin a day later")


def test_a_moved_session_is_told_as_it_happens(live) -> None:
    """An update to each member and the coach, and everybody's reminders on other days (N3, P4)."""
    tick(live.workspace)
    deliver(live.workspace, at=live.clock.now())
    what = a_day_later(live.register)
    live.clock.move_to(live.clock.now() + timedelta(days=1))
    report, before, after = outlooks(live, what, until=what.starts)
    pod = live.register.sessions[what.session].pod
    members = live.register.members(pod, what.starts.date())
    reminders = [d for d in report.difference.appearing if d.automation == "remind"]

    assert differ(before, after) == report.difference
    assert len(members) + 1 == len(report.difference.groups["invites updated"])
    assert {*members} == {dispatch.recipient for dispatch in reminders}


def test_a_mail_about_a_withdrawn_person_alone_is_called_off(live) -> None:
    """Their manager hears no more of them, and still hears of the others of theirs (P3)."""
    planned = next(each for each in tick(live.workspace).planned if each.automation == "welcome")
    spoken = [("00101",), ("00101", "00102"), ("00102",)]
    about = [replace(planned, slot=f"about-{n}", recipient="boss", people=who) for n, who in enumerate(spoken)]
    with live.workspace.store.begin() as tx:
        tx.add([(each, None, DispatchState.READY) for each in about], at=live.clock.now())
    report = change(live.workspace, SCOPE, Withdraw(person=PERSON, on=live.clock.now().date()))
    states = {row.dispatch.people: row.state for row in rows(live.workspace) if row.dispatch.recipient == "boss"}

    assert about[0] in report.called_off
    assert [DispatchState.CANCELLED, DispatchState.READY, DispatchState.READY] == [states[who] for who in spoken]


class Dying:
    """A store whose process dies after everything was written and before anything is kept."""

    def __init__(self, store: Store) -> None:
        self.store = store

    @contextmanager
    def begin(self, *, rehearsal: bool = False) -> Iterator[Transaction]:
        """Begin, and never end well."""
        with self.store.begin(rehearsal=rehearsal) as tx:
            yield tx
            raise KeyboardInterrupt


def test_nothing_of_a_change_stays_when_it_dies_on_the_way(live) -> None:
    """Register, events and what was called off are one transaction: all of it, or nothing."""
    tick(live.workspace)
    before, waiting = live.register, rows(live.workspace)
    dying = replace(live.workspace, store=Dying(live.workspace.store))
    with pytest.raises(KeyboardInterrupt):
        change(dying, SCOPE, Withdraw(person=PERSON, on=live.clock.now().date()))

    assert (before, waiting) == (live.register, rows(live.workspace))


def test_what_is_called_off_is_told(live) -> None:
    """What waits in the ledger and is no longer true, in a dry run as in earnest (P3)."""
    tick(live.workspace)
    what = Withdraw(person=PERSON, on=live.clock.now().date())
    dry = change(live.workspace, SCOPE, what, dry_run=True)
    real = change(live.workspace, SCOPE, what)

    assert dry.called_off == real.called_off
    assert {"00101"} == {dispatch.recipient for dispatch in real.called_off}


def test_who_withdraws_keeps_their_past(live) -> None:
    """The membership ends on the day; before it, nothing changes (R2, P10)."""
    change(live.workspace, SCOPE, Withdraw(person=PERSON, on=APRIL))
    register = live.register

    assert register.pod_of("00101", APRIL - timedelta(days=1)) is not None
    assert register.pod_of("00101", APRIL) is None
    assert ParticipantStatus.WITHDRAWN is register.status_of("00101", APRIL)


def test_who_is_seconded_comes_back_to_the_same_pod(live) -> None:
    """A secondment with a new time zone, and the return (R2)."""
    pod = live.register.pod_of("00101", APRIL)
    change(live.workspace, SCOPE, Second(person=PERSON, on=APRIL, zone="Europe/Lisbon"))
    away = live.register
    back = APRIL + timedelta(days=100)
    change(live.workspace, SCOPE, Return(person=PERSON, on=back, zone="Europe/London"))
    register = live.register

    assert ("Europe/Lisbon", None) == (away.people["00101"].zone, away.pod_of("00101", APRIL))
    assert (pod, ParticipantStatus.ACTIVE) == (register.pod_of("00101", back), register.status_of("00101", back))


def test_a_new_manager_takes_over_from_a_day(live) -> None:
    """The toolkit of a session goes to the manager in post on its date (R2, R17)."""
    what = NewManager(person=PERSON, on=APRIL, name="Leila Iqbal", email="leila.iqbal@northern.example")
    change(live.workspace, SCOPE, what)
    register = live.register

    assert "mairead.rahman@northern.example" == register.manager_of("00101", APRIL - timedelta(days=1))
    assert "leila.iqbal@northern.example" == register.manager_of("00101", APRIL)


def test_a_move_into_another_region_is_refused_by_the_rules_name(live) -> None:
    """An inflexible rule refuses a change that would break it (R27, N6)."""
    elsewhere = next(pod for pod in live.register.pods if pod != live.register.pod_of("00101", APRIL))
    before = live.register
    with pytest.raises(RefusedError) as caught:
        change(live.workspace, SCOPE, MovePod(person=PERSON, on=APRIL, pod=elsewhere))

    assert "one-region" in caught.value.rules
    assert before == live.register


def test_a_coach_cannot_be_in_two_places(live) -> None:
    """A coach whose own sessions overlap with those of another pod cannot take that pod too (R9)."""
    register = live.register
    (coach, mine), (_, theirs), *_ = {row.coach: row.pod for row in register.coachings}.items()
    there = register.sessions_of(theirs)[0]
    clash = replace(register.sessions_of(mine)[0], starts=there.starts, ends=there.ends)
    with live.workspace.store.begin() as tx:
        tx.save(register, register.with_session(clash))
    with pytest.raises(RefusedError) as caught:
        change(live.workspace, SCOPE, SwapCoach(pod=theirs, on=live.clock.now().date(), coach=coach))

    assert "coach-overlap" in caught.value.rules


def test_nobody_of_that_address_is_a_usage_error(live) -> None:
    """A misspelled address names the command that lists everyone."""
    with pytest.raises(UsageError) as caught:
        change(live.workspace, SCOPE, Withdraw(person="nobody@northern.example", on=APRIL))

    assert "convener register" in caught.value.hint
