"""From a parcel to a mail."""

import email
import email.policy
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest

from convener import Attachment, InviteMethod, Parcel, PermanentError, build_message
from convener.mime import one_line
from convener.testing import CALENDAR, a_mail, an_invite


def received(parcel: Parcel) -> EmailMessage:
    """Return *parcel* as a mail client parses it from the wire."""
    sent = build_message(parcel, "Convener", "convener@ops.example").as_bytes()
    return email.message_from_bytes(sent, policy=email.policy.default)


def tree(message: EmailMessage) -> list[str]:
    """Return the types of all parts in order."""
    return [part.get_content_type() for part in message.walk()]


def part(message: EmailMessage, kind: str) -> EmailMessage:
    """Return the first part of type *kind*."""
    return next(found for found in message.walk() if found.get_content_type() == kind)


def test_an_invite_has_the_tree_mail_clients_want() -> None:
    """R12: text, HTML and calendar are alternatives; the file travels beside them."""
    assert [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
        "application/ics",
    ] == tree(received(an_invite()))


def test_the_calendar_part_names_its_method_and_arrives_whole() -> None:
    """R12: method as a parameter, content to the byte, in the part and in the file."""
    message = received(an_invite(calendar_method=InviteMethod.CANCEL))
    calendar, file = part(message, "text/calendar"), part(message, "application/ics")

    assert "CANCEL" == calendar.get_param("method")
    assert CALENDAR.encode() == calendar.get_payload(decode=True)
    assert CALENDAR.encode() == file.get_payload(decode=True)
    assert "cancel.ics" == file.get_filename()


def test_a_plain_message_stays_plain() -> None:
    """Without HTML and attachments there is one part."""
    assert ["text/plain"] == tree(received(a_mail(html="", attachments=())))


def test_attachments_arrive_to_the_byte() -> None:
    """Name, type and every byte are kept; a folder in the name is not."""
    content = bytes(range(256)) * 40
    files = (Attachment(name="../toolkits/Zugang für alle.pdf", content=content, media_type="application/pdf"),)

    (attachment,) = received(a_mail(attachments=files)).iter_attachments()

    assert ("..-toolkits-Zugang für alle.pdf", "application/pdf", content) == (
        attachment.get_filename(),
        attachment.get_content_type(),
        attachment.get_content(),
    )


def test_the_same_parcel_gives_the_same_bytes() -> None:
    """A repeat is a repeat: nothing in it is drawn by lot or by the clock."""
    first, second = (build_message(an_invite(), "C", "c@ops.example").as_bytes() for _ in range(2))

    assert first == second


def test_headers_are_those_of_the_parcel() -> None:
    """Message-ID, names, subject and date are as given; the mail says it is automatic."""
    date = datetime(2027, 1, 4, 9, tzinfo=UTC)
    message = build_message(a_mail(to_name="Inês O'Neil", subject="Grüße"), "Ops", "ops@x.example", date=date)

    assert "<5b1f0c@convener.example>" == message["Message-ID"]
    assert "Inês O'Neil <chiara.grant@northern.example>" == message["To"]
    assert ("Grüße", "auto-generated", date) == (
        message["Subject"],
        message["Auto-Submitted"],
        message["Date"].datetime,
    )


def test_a_long_unsubscribe_link_is_not_spoiled() -> None:
    """List-Unsubscribe reaches the client as one unencoded line, however long its address."""
    link = f"<https://convener.example/unsubscribe/{'a' * 300}>, <mailto:stop@convener.example>"
    headers = {"List-Unsubscribe": link, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}

    sent = build_message(a_mail(headers=headers), "C", "c@ops.example").as_bytes()

    assert f"List-Unsubscribe: {link}\r\n".encode() in sent
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in sent


@pytest.mark.parametrize("hostile", ["\r\n", "\n", "\r", "\u2028", "\u2029", "\x85", "\x0b", "\r\n "])
def test_no_text_becomes_a_header(hostile: str) -> None:
    """Line breaks of every kind in names, subjects and headers stay text."""
    text = f"Ana{hostile}Bcc: all@northern.example"
    message = received(a_mail(to_name=text, subject=text, headers={"X-Note": text}))

    assert message["Bcc"] is None
    assert ["Ana Bcc: all@northern.example"] * 2 == [message["Subject"], message["X-Note"]]
    assert ["chiara.grant@northern.example"] == [address.addr_spec for address in message["To"].addresses]


@pytest.mark.parametrize("address", ["", "nobody", "@x.example", "a@", "a b@x.example", "a@x.example, b@x.example"])
def test_what_is_no_address_is_refused(address: str) -> None:
    """A recipient that cannot be one is refused for good, and the message does not repeat it."""
    with pytest.raises(PermanentError, match="the recipient's address is not an e-mail address"):
        build_message(a_mail(to_email=address), "C", "c@ops.example")


@pytest.mark.parametrize("name", ["Bcc", "From", "to", "Content-Type", "X-A\r\nBcc"])
def test_a_header_of_ours_cannot_be_replaced(name: str) -> None:
    """A parcel's headers are from a list."""
    with pytest.raises(PermanentError, match="may not carry the header"):
        build_message(a_mail(headers={name: "x"}), "C", "c@ops.example")


def test_a_header_too_long_for_a_line_is_refused() -> None:
    """A line of mail has an end."""
    with pytest.raises(PermanentError, match="longer than 900"):
        build_message(a_mail(headers={"X-Long": "a" * 901}), "C", "c@ops.example")


@pytest.mark.parametrize("text", ["", "no-brackets@x", "<no at>", "<a@b>\r\nBcc: c"])
def test_a_message_id_must_be_one(text: str) -> None:
    """A Message-ID that servers would rewrite is refused."""
    with pytest.raises(PermanentError, match="message id"):
        build_message(a_mail(message_id=text), "C", "c@ops.example")


def test_an_address_outside_ascii_asks_for_smtputf8() -> None:
    """The policy tells the connector, and the header is readable as it stands."""
    message = build_message(a_mail(to_email="inês@exämple.org"), "C", "c@ops.example")

    assert message.policy.utf8
    assert "<inês@exämple.org>".encode() in message.as_bytes()


def test_lines_end_as_on_the_wire_and_are_seven_bit() -> None:
    """CRLF only, no byte above 127, no line longer than 998, whatever the parcel holds."""
    sent = build_message(an_invite(text="Grüße 🎉\n" + "x" * 5000, html="é" * 3000), "Ü", "c@ops.example").as_bytes()

    assert sent.isascii()
    assert sent.count(b"\n") == sent.count(b"\r\n") == sent.count(b"\r")
    assert max(map(len, sent.split(b"\r\n"))) <= 998


def test_a_line_is_short_and_reads_in_one_direction() -> None:
    """Marks that turn the direction are dropped, long text ends in an ellipsis, a name keeps its joiners."""
    assert "abcdef" == one_line("abc\u202edef")
    assert "x" * 199 + "…" == one_line("x" * 500)
    assert "👩\u200d🏫" == one_line("👩\u200d🏫")
