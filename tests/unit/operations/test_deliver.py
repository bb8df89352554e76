"""Delivering, with connectors that fail."""

from datetime import timedelta

from convener.model import DispatchState
from convener.operations.deliver import LADDER, deliver
from convener.operations.ledger import rows
from convener.operations.tick import tick
from convener.runtime import open_workspace

CLOSED_PORT = '[connectors.mail]\nplugin = "smtp"\nhost = "127.0.0.1"\nport = 9\nsecurity = "none"\n'


def with_mail(world, table: str):
    """Reopen the workspace of *world* with another mail connector."""
    config = world.workspace.folder / "config.toml"
    text = config.read_text(encoding="utf-8")
    start = text.index("[connectors.mail]")
    end = text.find("\n[", start)
    config.write_text(text[:start] + table + text[end:], encoding="utf-8")
    return open_workspace(world.workspace.folder, clock=world.clock, environ={})


def test_a_mail_server_that_is_down_means_retry_and_not_loss(calm) -> None:
    """Nothing is lost when the server cannot be reached; everything waits for the next rung (N5)."""
    workspace = with_mail(calm, CLOSED_PORT)
    planned = len(tick(workspace, at=calm.clock.now()).planned)
    report = deliver(workspace, at=calm.clock.now())
    again = deliver(workspace, at=calm.clock.now() + LADDER[0] - timedelta(seconds=1))
    workspace.close()

    assert (0, planned, 0) == (report.sent, report.retry, again.retry)
    assert {DispatchState.RETRY} == {row.state for row in rows(calm.workspace)}


def test_after_the_last_rung_it_has_failed_and_says_why(calm) -> None:
    """A dispatch that never gets through ends as failed, for a person to see (R25)."""
    workspace = with_mail(calm, CLOSED_PORT)
    now = calm.clock.now()
    tick(workspace, at=now)
    for wait in (timedelta(0), *LADDER):
        now += wait
        deliver(workspace, at=now)
    workspace.close()
    found = rows(calm.workspace)

    assert {(DispatchState.FAILED, len(LADDER) + 1)} == {(row.state, row.attempts) for row in found}
    assert all(row.error.startswith("mail: ") and "@" not in row.error for row in found)
