"""Everything to one address."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest

from convener.errors import PermanentError
from convener.model import Dispatch, DispatchState, Parcel, Verb
from convener.operations.delivery import deliver
from convener.operations.ledger import rows
from convener.operations.redirection import redirect, redirected
from convener.operations.tick import tick
from convener.runtime import open_workspace

OPS = "ops@convener.example"
TEXT = Dispatch(
    client="northern-health",
    programme="primary-care",
    automation="remind",
    step="send.reminder.text",
    subject="primary-care/tyneside/1",
    slot="2027-01-19T09:00",
    recipient="00101",
    channel="text",
    connector="sms",
    due=datetime(2027, 1, 19, 9, tzinfo=UTC),
    reason="soon",
    verb=Verb.SEND,
    what="reminder",
)
PARCEL = Parcel(
    message_id="<1@convener>",
    to_name="Ana",
    to_email="ana@north.example",
    to_mobile="+447700900001",
    text="Tomorrow at 9.",
)


@pytest.fixture
def redirecting(live):
    """Return the live workspace as it is with `redirect_all`."""
    config = live.workspace.folder / "config.toml"
    config.write_text(f'redirect_all = "{OPS}"\n' + config.read_text(encoding="utf-8"), encoding="utf-8")
    workspace = open_workspace(live.workspace.folder, clock=live.clock, environ={})
    yield workspace
    workspace.close()


def mails(workspace):
    """Return every mail that was delivered."""
    files = (workspace.folder / "var" / "outbox").rglob("*.eml")
    return [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]


def played(workspace, clock) -> None:
    """Live until the first reminders, texts and reports are out, and with them two invites."""
    tick(workspace)
    with workspace.store.begin() as tx:
        for row in tx.ledger()[2:]:
            tx.overrule(row.dispatch.key, DispatchState.CANCELLED, at=clock.now())
    for day in (datetime(2027, 1, 18, 8, tzinfo=UTC), datetime(2027, 1, 18, 9, tzinfo=UTC)):
        clock.move_to(day)
        tick(workspace)
        deliver(workspace)


def test_everything_goes_to_the_one_address_and_says_for_whom_it_was_meant(live, redirecting) -> None:
    """Mails, texts, invites and reports alike; no telephone rings and nothing is published (P19)."""
    played(redirecting, live.clock)
    sent = mails(redirecting)
    gone = rows(redirecting, states=[DispatchState.SENT])
    first = [mail.get_body(("plain",)).get_content().splitlines()[0] for mail in sent]
    files = [path for path in (redirecting.folder / "var").rglob("*") if path.suffix in {".txt", ".html", ".csv"}]

    assert {"email", "text", "calendar", "reports"} == {row.dispatch.channel for row in gone}
    assert len(gone) == len(sent)
    assert {OPS} == {address.addr_spec for mail in sent for address in mail["To"].addresses}
    assert all(mail[name] is None for mail in sent for name in ("Cc", "Bcc"))
    assert [] == files
    assert [] == [mail["Subject"] for mail in sent if not mail["Subject"].lstrip().startswith("[to ")]
    assert all("message was meant for " in line for line in first)
    assert any("This text message was meant for" in line and "<+44" in line for line in first)


def test_a_page_says_it_too() -> None:
    """At the top of its body, and with nothing in a name that a browser could obey."""
    page = replace(PARCEL, to_name="<b>Ana", html="<html><body>\n<p>Hello</p></body></html>")
    html = redirected(replace(TEXT, channel="email"), page, OPS).html

    assert "<body>\n<p" in html
    assert "meant for &lt;b&gt;Ana &lt;ana@north.example&gt;" in html


def test_a_text_message_becomes_a_mail() -> None:
    """It has a subject, and no number any more."""
    found = redirected(TEXT, PARCEL, OPS)

    assert (OPS, "", "[to Ana] reminder") == (found.to_email, found.to_mobile, found.subject)
    assert "This text message was meant for Ana <+447700900001>.\n\nTomorrow at 9." == found.text


def test_without_a_connector_for_email_nothing_is_sent(live, redirecting) -> None:
    """A text message has no way to the one address then, and says so."""
    file = redirecting.folder / "rulesets" / "northern-health.toml"
    file.write_text(file.read_text(encoding="utf-8").replace('email = "mail"\n', ""), encoding="utf-8")
    with pytest.raises(PermanentError, match="names no connector for email"):
        redirect(redirecting, TEXT, PARCEL)
