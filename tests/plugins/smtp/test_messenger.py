"""The smtp connector against real servers."""

import email
import email.policy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from convener import Parcel
from convener.testing import CALENDAR, CalendarContract, a_mail, an_invite
from convener_smtp.messenger import SmtpMessenger
from convener_smtp.settings import SmtpSettings

pytestmark = pytest.mark.integration


def connect(port: int, workspace: Path, **options: Any) -> SmtpMessenger:
    """Return a connector to the server on *port*."""
    return SmtpMessenger(SmtpSettings(host="127.0.0.1", port=port, security="none", **options), workspace)


def send(port: int, workspace: Path, parcel: Parcel, **options: Any) -> None:
    """Send one parcel and rest."""
    messenger = connect(port, workspace, **options)
    messenger.send(parcel)
    messenger.rest()


class TestSmtp(CalendarContract):
    """The smtp connector keeps the promises of a messenger that carries invites."""

    @pytest.fixture(autouse=True)
    def server(self, serve: Callable[..., Any]) -> Iterator[None]:
        """Give each test a server of its own."""
        self.wire, self.port = serve()
        yield
        if self.messenger is not None:
            self.messenger.rest()

    messenger: SmtpMessenger | None = None

    def kind(self) -> type[SmtpMessenger]:
        """Return the class under contract."""
        return SmtpMessenger

    def make(self, workspace: Path) -> SmtpMessenger:
        """Return a connector to that server."""
        self.messenger = connect(self.port, workspace)
        return self.messenger

    def arrived(self) -> set[str]:
        """Read the message ids off the wire."""
        return {email.message_from_bytes(mail.content)["Message-ID"] for mail in self.wire.mails}


def test_a_message_arrives_to_the_byte(serve: Callable[..., Any], tmp_path: Path) -> None:
    """R12: text, HTML, calendar and file are on the other side what they were here, dots and accents included."""
    wire, port = serve()
    parcel = an_invite(text="Grüße\n.\n..\n.dot\n\nEnd")

    send(port, tmp_path, parcel, sender_email="ops@convener.example")

    (envelope,) = wire.mails
    mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
    parts = {part.get_content_type(): part.get_payload(decode=True) for part in mail.walk() if not part.is_multipart()}
    assert ("ops@convener.example", [parcel.to_email]) == (envelope.mail_from, envelope.rcpt_tos)
    assert parcel.text.replace("\n", "\r\n").encode() + b"\r\n" == parts["text/plain"]
    assert (CALENDAR.encode(), CALENDAR.encode()) == (parts["text/calendar"], parts["application/ics"])
    assert "REQUEST" == next(p for p in mail.walk() if p.get_content_type() == "text/calendar").get_param("method")
    assert mail["Date"].datetime.tzinfo is not None


def test_an_address_outside_ascii_arrives(serve: Callable[..., Any], tmp_path: Path) -> None:
    """A server that knows SMTPUTF8 takes it as it is written."""
    wire, port = serve(enable_SMTPUTF8=True)

    send(port, tmp_path, a_mail(to_email="inês@exämple.org"))

    assert ["inês@exämple.org"] == wire.mails[0].rcpt_tos
    assert "<inês@exämple.org>".encode() in wire.mails[0].content


def test_the_parcels_own_date_is_kept(serve: Callable[..., Any], tmp_path: Path) -> None:
    """A date frozen in the ledger is the date of the mail, however late it leaves."""
    wire, port = serve()
    parcel = a_mail(headers={"Date": "Mon, 04 Jan 2027 09:00:00 +0000"})

    send(port, tmp_path, parcel)

    assert "Mon, 04 Jan 2027 09:00:00 +0000" == email.message_from_bytes(wire.mails[0].content)["Date"]


def test_many_mails_leave_on_one_line(serve: Callable[..., Any], tmp_path: Path) -> None:
    """A connection, its protection and its sign-in are paid for once."""
    wire, port = serve()
    messenger = connect(port, tmp_path)
    for number in range(5):
        messenger.send(a_mail(message_id=f"<{number}@convener.example>"))
    messenger.rest()

    assert (1, 5) == (len(wire.lines), len(wire.mails))
