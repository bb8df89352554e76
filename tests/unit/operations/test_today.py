"""What needs a human."""

from datetime import timedelta

from convener.model import DispatchState, Flag
from convener.operations.health import HealthKeeper
from convener.operations.tick import tick
from convener.operations.today import today


def test_what_is_due_and_unsent_is_listed_with_its_cure(calm) -> None:
    """A planned dispatch that nobody delivers shows up after an hour (P1, R25)."""
    planned = tick(calm.workspace, at=calm.clock.now()).planned
    calm.clock.move_to(calm.clock.now() + timedelta(hours=2))
    flags = [flag for flag in today(calm.workspace) if flag.id.startswith("ledger:")]

    assert len(planned) == len(flags)
    assert {"convener tick"} == {flag.settle for flag in flags}


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
