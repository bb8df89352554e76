"""Typed changes through the store."""

from datetime import date, timedelta

import pytest

from convener.errors import RefusedError, UsageError
from convener.model import MovePod, NewManager, ParticipantStatus, Return, Second, SwapCoach, Withdraw
from convener.operations.change import change
from convener.operations.deliver import deliver
from convener.operations.tick import tick

SCOPE = "northern-health/primary-care"
PERSON = "chiara.grant@northern.example"
APRIL = date(2027, 4, 12)


def test_a_dry_run_shows_the_difference_and_writes_nothing(live) -> None:
    """Withdrawing would call off mails and cancel invites, and nothing is written yet (N3)."""
    tick(live.workspace, at=live.clock.now())
    deliver(live.workspace, at=live.clock.now())
    before = live.register
    report = change(live.workspace, SCOPE, Withdraw(person=PERSON, on=APRIL), dry_run=True)

    assert before == live.register
    assert {"00101"} == {d.recipient for d in report.disappearing if d.automation == "remind"}
    assert all(d.recipient != "00101" or d.verb == "invite" for d in report.appearing)


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
    busiest = max(register.coaches, key=lambda coach: sum(row.coach == coach for row in register.coachings))
    pod = next(row.pod for row in register.coachings if row.coach != busiest)
    mine = {row.pod for row in register.coachings if row.coach == busiest}
    there = [session.starts.date() for session in register.sessions_of(pod)]
    clashes = [s.id for s in register.sessions.values() if s.pod in mine and s.starts.date() in there]
    swap = SwapCoach(pod=pod, on=date(2026, 12, 8), coach=busiest)

    assert clashes
    with pytest.raises(RefusedError) as caught:
        change(live.workspace, SCOPE, swap)
    assert "coach-overlap" in caught.value.rules


def test_nobody_of_that_address_is_a_usage_error(live) -> None:
    """A misspelled address names the command that lists everyone."""
    with pytest.raises(UsageError) as caught:
        change(live.workspace, SCOPE, Withdraw(person="nobody@northern.example", on=APRIL))

    assert "convener register" in caught.value.hint
