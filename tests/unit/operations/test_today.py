"""What needs a human."""

from dataclasses import replace
from datetime import timedelta

import pytest

from convener.model import DispatchState, Flag
from convener.model.dispatches import QUARANTINED
from convener.operations.delivery.outcomes import SUPPRESSED
from convener.operations.delivery.recovery import DEATHS
from convener.operations.health import HealthKeeper
from convener.operations.ledger import cancel
from convener.operations.standing import adopt
from convener.operations.tick import tick
from convener.operations.today import today
from convener.store import Settled


def test_what_is_due_and_unsent_is_listed_with_its_cure(calm) -> None:
    """What nobody delivers shows up after an hour: many as one line that counts them, few by themselves (P1, R25)."""
    planned = tick(calm.workspace, at=calm.clock.now()).planned
    calm.clock.move_to(calm.clock.now() + timedelta(hours=2))
    many = [flag for flag in today(calm.workspace) if flag.id.startswith("ledger:")]
    cancel(calm.workspace, *(dispatch.key for dispatch in planned[3:]))
    few = [flag for flag in today(calm.workspace) if flag.id.startswith("ledger:")]

    assert (1, 3) == (len(many), len(few))
    assert f"and so are {len(planned) - 1} more through mail" in many[0].text
    assert {("high", "convener tick")} == {(flag.severity, flag.settle) for flag in (*many, *few)}


def stuck(calm, state: DispatchState, error: str = "") -> list[str]:
    """Have two dispatches end in *state*, and return their keys."""
    now = calm.clock.now()
    tick(calm.workspace, at=now)
    with calm.workspace.store.begin() as tx:
        claims = tx.claim(now, lease=timedelta(minutes=5), limit=2, owner="us")
        tx.settle_many("us", [Settled(claim.row.dispatch.key, state, error) for claim in claims], at=now)
    return [claim.row.dispatch.key for claim in claims]


@pytest.mark.parametrize(
    ("state", "error", "severity", "command"),
    [
        (DispatchState.IN_DOUBT, "sms: cut", "high", "settle"),
        (DispatchState.FAILED, "mail: 550", "medium", "retry"),
        (DispatchState.HELD, QUARANTINED, "high", "retry"),
    ],
)
def test_what_waits_for_a_person_is_told_with_its_cause(calm, state, error, severity, command) -> None:
    """In doubt, failed, in quarantine: each with the command that settles it (N5, R25, fault 17)."""
    keys = stuck(calm, state, error)
    flags = [flag for flag in today(calm.workspace) if flag.id.startswith("ledger:")]

    assert {f"convener ledger {command} '{key}'" for key in keys} == {flag.settle for flag in flags}
    assert {severity} == {flag.severity for flag in flags}
    assert all(error in flag.text for flag in flags)


def test_a_suppressed_address_is_one_line(calm) -> None:
    """However many messages it does not get; retrying one lets the address live again (R25, fault 7)."""
    now = calm.clock.now()
    planned = tick(calm.workspace, at=now).planned
    alike = [replace(planned[0], slot=f"again-{number}") for number in range(3)]
    with calm.workspace.store.begin() as tx:
        tx.add([(each, None, DispatchState.READY) for each in alike], at=now)
        keys = {planned[0].key, *(each.key for each in alike)}
        tx.claim(now, lease=timedelta(minutes=5), limit=len(planned) + 3, owner="us")
        tx.settle_many("us", [Settled(key, DispatchState.FAILED, SUPPRESSED) for key in keys], at=now)
    flags = [flag for flag in today(calm.workspace) if flag.id.startswith("ledger:")]

    assert ["medium"] == [flag.severity for flag in flags]
    assert "was not tried (4 in all to this address)" in flags[0].text
    assert "@" not in flags[0].text


def test_a_programme_that_kills_its_ticks_is_told_with_what_tries_again(calm) -> None:
    """Nothing of it goes out, and somebody must know (fault 17, R25)."""
    with calm.workspace.store.begin() as tx:
        for _ in range(DEATHS):
            tx.begin_deciding(["northern-health/primary-care"])
    flags = [(flag.severity, flag.settle) for flag in today(calm.workspace)]

    assert [("high", "convener tick northern-health/primary-care")] == flags


def hold(calm, rule: str) -> list[str]:
    """Let what is due now be held by *rule*, and return the keys."""
    planned = tick(calm.workspace, at=calm.clock.now(), dry_run=True).planned
    held = {each.key: rule for each in planned}
    with calm.workspace.store.begin() as tx:
        tx.add([(each, None, DispatchState.HELD) for each in planned], at=calm.clock.now(), held=held)
    return list(held)


def test_what_is_held_is_told_once_by_the_guard_that_holds_it(calm) -> None:
    """One flag for forty messages, not forty-one lines of the same (N7, R25)."""
    hold(calm, "sane-volume")
    scope = "northern-health/primary-care"
    settle = f"convener ledger retry --held {scope}"
    flag = Flag(
        id=f"{scope}/sane-volume/plan", severity="medium", client="northern-health", programme="primary-care",
        subject="primary-care", since=calm.clock.now(), text="40 messages wait", settle=settle,
    )  # fmt: skip
    with calm.workspace.store.begin() as tx:
        tx.put_flags(scope, [flag])

    assert [flag] == today(calm.workspace)


def test_what_is_held_by_a_rule_that_is_gone_is_told_one_by_one(calm) -> None:
    """Nothing waits unseen: without a flag of the guard each row is listed with what lets it go (R25)."""
    keys = hold(calm, "of-last-year")
    held = [flag for flag in today(calm.workspace) if "held" in flag.text]

    assert {f"ledger:{key}" for key in keys} == {flag.id for flag in held}
    assert {f"convener ledger retry '{key}'" for key in keys} == {flag.settle for flag in held}


def test_a_register_that_is_not_in_is_flagged_worst_first(calm) -> None:
    """Two working days after a session without a register, somebody is told (R15, R25)."""
    first = min(session.ends for session in calm.register.sessions.values())
    calm.clock.move_to(first + timedelta(days=6))
    tick(calm.workspace, at=calm.clock.now())
    flags = today(calm.workspace)
    order = ["high", "medium", "low"]

    assert [flag for flag in flags if "register" in flag.text]
    assert sorted(flags, key=lambda flag: order.index(flag.severity)) == flags
    assert all(flag.settle for flag in flags)


def test_what_the_daemon_refuses_is_flagged(draft) -> None:
    """One flag for each client and automation that is not in force as it is written (P14, R25)."""
    file = draft.workspace.folder / "rulesets" / "northern-health.toml"
    with file.open("a", encoding="utf-8") as stream:
        stream.write('[automations.hello]\non = "one day"\nfor_each = "coach"\ndo = { flag = "x" }\n')
    keeper = HealthKeeper(draft.workspace.folder, draft.clock)
    keeper.tell(draft.workspace.rules.reload(), {})
    flagged = [(flag.severity, flag.subject, flag.settle) for flag in today(draft.workspace)]
    keeper.stop()

    assert [("high", "hello", "convener check northern-health")] == flagged
    assert [] == today(draft.workspace)


def test_a_database_that_is_held_comes_first(held) -> None:
    """Nothing goes out of it, which is why everything else is late (fault 15, R25)."""
    held.clock.move_to(held.clock.now() + timedelta(days=2))
    first, *rest = today(held.workspace)

    assert ("high", "convener db adopt --dry-run") == (first.severity, first.settle)
    assert "may be a copy" in first.text
    adopt(held.workspace)
    assert rest == today(held.workspace)
