"""Two months of the demo, through a real mail server."""

import socket
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from convener import build_message
from convener.clock import VirtualClock
from convener.model import DispatchState
from convener.operations import dates, pods
from convener.operations.delivery import deliver
from convener.operations.go import go
from convener.operations.initialise import initialise
from convener.operations.sync import sync
from convener.operations.tick import tick
from convener.operations.workspace import Workspace
from convener.runtime import open_workspace

pytestmark = pytest.mark.integration
SCOPE = "northern-health/primary-care"
OPENING = datetime(2026, 12, 7, 9, tzinfo=UTC)


class Mailbox:
    """Keeps every mail as it came over the wire."""

    def __init__(self) -> None:
        self.mails: list[bytes] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Take the mail."""
        assert envelope.original_content is not None
        self.mails.append(envelope.original_content)
        return "250 2.0.0 taken"


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, int]]:
    """Run a mail server on a free port."""
    box = Mailbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, port
    controller.stop()


@pytest.fixture
def workspace(tmp_path: Path, mailbox: tuple[Mailbox, int], housed: Callable[[Path], Path]) -> Iterator[Workspace]:
    """Give a live programme whose mails go to the server."""
    folder = tmp_path / "w"
    initialise(folder, example="northern-health")
    config = folder / "config.toml"
    text = config.read_text(encoding="utf-8")
    start = text.index("[connectors.mail]")
    table = f'[connectors.mail]\nplugin = "smtp"\nhost = "127.0.0.1"\nport = {mailbox[1]}\nsecurity = "none"\n'
    config.write_text(text[:start] + table + text[text.index("\n[connectors.sms]") :], encoding="utf-8")
    opened = open_workspace(housed(folder), clock=VirtualClock(OPENING), environ={})
    sync(opened, "northern-health")
    pods.propose(opened, SCOPE)
    pods.accept(opened, SCOPE)
    dates.propose(opened, SCOPE)
    dates.accept(opened, SCOPE)
    go(opened, SCOPE)
    yield opened
    opened.close()


def test_every_mail_arrives_once_and_byte_complete(workspace: Workspace, mailbox: tuple[Mailbox, int]) -> None:
    """Invites, welcomes, briefings and reminders reach the server exactly as they were frozen (R12, R13, N5)."""
    now = OPENING
    while now < OPENING + timedelta(days=45):
        tick(workspace, at=now)
        deliver(workspace, at=now)
        now += timedelta(hours=12)
    settings = workspace.settings
    with workspace.store.begin() as tx:
        rows = [row for row in tx.ledger(states=[DispatchState.SENT]) if row.dispatch.connector == "mail"]
        parcels = [tx.parcel(row.dispatch.key) for row in rows]
    frozen = [build_message(p, settings.sender_name, settings.sender_email) for p in parcels if p]

    assert {"invites", "welcome", "manager-briefing", "pre-work", "remind"} <= {row.dispatch.automation for row in rows}
    assert Counter(frozen) == Counter(mailbox[0].mails)
    assert len(frozen) == len(set(frozen))
