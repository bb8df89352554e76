"""The whole mail."""

import email
import email.policy
from datetime import UTC, datetime
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convener import Attachment, InviteMethod, Parcel, PermanentError, build_message
from convener.mime import one_line
from convener.testing import CALENDAR, a_mail, an_invite


def received(parcel: Parcel) -> EmailMessage:
    """Return *parcel* as a mail client parses it from the wire."""
    sent = build_message(parcel, "Convener", "convener@ops.example")
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
    first, second = (build_message(an_invite(), "C", "c@ops.example") for _ in range(2))

    assert first == second


def test_headers_are_those_of_the_parcel() -> None:
    """Message-ID, names, subject and date are as given; the mail says it is automatic."""
    date = datetime(2027, 1, 4, 9, tzinfo=UTC)
    sent = build_message(a_mail(to_name="Inês O'Neil", subject="Grüße"), "Ops", "ops@x.example", date=date)
    message = email.message_from_bytes(sent, policy=email.policy.default)

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

    sent = build_message(a_mail(headers=headers), "C", "c@ops.example")

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


def test_an_address_outside_ascii_stands_as_it_is() -> None:
    """SMTPUTF8 carries it; everything else stays ASCII."""
    sent = build_message(a_mail(to_email="inês@exämple.org", subject="Grüße"), "C", "c@ops.example")

    assert "<inês@exämple.org>".encode() in sent
    assert sent.replace("inês@exämple.org".encode(), b"").isascii()


def test_lines_end_as_on_the_wire_and_are_seven_bit() -> None:
    """CRLF only, no byte above 127, no line longer than 998, whatever the parcel holds."""
    sent = build_message(an_invite(text="Grüße 🎉\n" + "x" * 5000, html="é" * 3000), "Ü", "c@ops.example")

    assert sent.isascii()
    assert sent.count(b"\n") == sent.count(b"\r\n") == sent.count(b"\r")
    assert max(map(len, sent.split(b"\r\n"))) <= 998


def test_the_parcels_own_date_and_word_on_automation_count() -> None:
    """What the ledger froze is not said twice."""
    headers = {"date": "Mon, 04 Jan 2027 09:00:00 +0000", "Auto-Submitted": "auto-replied"}
    message = received(a_mail(headers=headers))

    assert [headers["date"]] == message.get_all("Date")
    assert ["auto-replied"] == message.get_all("Auto-Submitted")


@pytest.mark.parametrize("kind", ["text/x\r\nBcc: all@x.example", "nonsense", "", "a/b; c=d"])
def test_a_type_that_is_none_is_the_most_general(kind: str) -> None:
    """A type is not a way into the head of a part."""
    (attachment,) = received(
        a_mail(attachments=(Attachment(name="x", content=b"y", media_type=kind),))
    ).iter_attachments()

    assert ("application/octet-stream", b"y") == (attachment.get_content_type(), attachment.get_content())


def shown_name(sent: bytes) -> str:
    """Return the name of the recipient; the old parser knows that space between encoded words is none."""
    name, _ = parseaddr(str(email.message_from_bytes(sent)["To"]))
    return str(make_header(decode_header(name)))


@settings(deadline=None, max_examples=60)
@given(
    name=st.text(max_size=250), subject=st.text(max_size=300), text=st.text(max_size=1500), file=st.text(max_size=120)
)
def test_whatever_people_write_arrives(name: str, subject: str, text: str, file: str) -> None:
    """R12: any text at all is read back as it was written, on lines that every server takes."""
    files = (Attachment(name=f"a{file}", content=b"x"),)
    sent = build_message(a_mail(to_name=name, subject=subject, text=text, attachments=files), "Ops", "c@ops.example")
    message = email.message_from_bytes(sent, policy=email.policy.default)
    lines = (text or " ").replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace")
    (attachment,) = message.iter_attachments()

    assert sent.isascii()
    assert max(map(len, sent.split(b"\r\n"))) <= 998
    assert b"\n" not in sent.replace(b"\r\n", b"")
    assert one_line(subject) == message["Subject"]
    assert one_line(name) == shown_name(sent)
    assert lines.removesuffix(b"\n") == part(message, "text/plain").get_payload(decode=True).replace(
        b"\r\n", b"\n"
    ).removesuffix(b"\n")
    assert one_line(f"a{file}".replace("/", "-").replace("\\", "-")) == attachment.get_filename()


@pytest.mark.parametrize(
    "value", ["Your set meets on Tuesday", "Grüße " * 30, "a word " * 28, "=?utf-8?q?not_encoded?=", "x" * 200]
)
def test_a_subject_is_read_as_it_was_written(value: str) -> None:
    """However long, and in whatever script."""
    assert value.strip() == received(a_mail(subject=value))["Subject"]


@pytest.mark.parametrize(
    "name", ["Ana Cruz", "Cruz, Ana", 'Ana "A" \\ Cruz', "Inês O'Neil", "李小龙", "", "=?x?", "a.b"]
)
def test_a_name_is_read_as_it_was_written(name: str) -> None:
    """Quotes, commas and other scripts stay in the name, and the address stays alone."""
    (person,) = received(a_mail(to_name=name))["To"].addresses

    assert (name, "chiara.grant@northern.example") == (person.display_name, person.addr_spec)


@pytest.mark.parametrize("wrong", ["a@b@c.example", "a" * 400 + "@x.example", "\ud800@x.example"])
def test_an_address_that_no_server_takes_is_refused(wrong: str) -> None:
    """Before it is on the wire."""
    with pytest.raises(PermanentError, match="the sender's address is not"):
        build_message(a_mail(), "Ops", wrong)


@pytest.mark.parametrize("name", ["invite.ics", "Zugang für alle.pdf", 'a"b.txt', "ü" * 180, "x" * 180])
def test_a_file_name_is_read_as_it_was_written(name: str) -> None:
    """Long ones and other scripts as well."""
    (attachment,) = received(a_mail(attachments=(Attachment(name=name, content=b"x"),))).iter_attachments()

    assert name == attachment.get_filename()


def test_no_line_is_longer_than_a_server_takes() -> None:
    """Names, subjects and files of two hundred characters that take four bytes each are read back as they were."""
    file = Attachment(name="🎉" * 200, content=b"x")
    sent = build_message(
        a_mail(to_name="🎉" * 200, subject="🎉" * 200, headers={"X-Long": "🎉" * 900}, attachments=(file,)),
        "🎉" * 200,
        "c@ops.example",
    )
    message = email.message_from_bytes(sent, policy=email.policy.default)
    (attachment,) = message.iter_attachments()

    assert max(map(len, sent.split(b"\r\n"))) <= 998
    assert ("🎉" * 200, "🎉" * 200, "🎉" * 900) == (message["Subject"], shown_name(sent), message["X-Long"])
    assert "🎉" * 200 == attachment.get_filename()


@pytest.mark.parametrize(
    "text", ["Hello\n.\nFrom here", "Grüße an alle", "x" * 2000, "bell \x07", "محمد علي", "a\rb\r\nc", "half \ud800"]
)
def test_a_text_is_read_as_it_was_written(text: str) -> None:
    """On lines that every server takes, in seven bits, however it was typed."""
    sent = build_message(a_mail(text=text), "Convener", "convener@ops.example")
    body = part(email.message_from_bytes(sent, policy=email.policy.default), "text/plain")

    assert text.replace("\ud800", "?").splitlines() == body.get_content().splitlines()
    assert sent.isascii()
    assert max(map(len, sent.split(b"\r\n"))) < 998
