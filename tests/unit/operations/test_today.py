"""What needs a human."""

from datetime import timedelta

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
