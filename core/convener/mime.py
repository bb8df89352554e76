"""Turn a parcel into the message that mail clients expect; shared by every connector that speaks mail.

The tree is `mixed(alternative(text, html, calendar), invite file, attachments…)`: clients that know iMIP (RFC 6047)
read the calendar part with its method, the others offer the file.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime
from email.header import Header
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, quote
from typing import Any

from convener.errors import PermanentError
from convener.model import Attachment, InviteMethod, Parcel

LONGEST_LINE = 200
"""Characters kept of a subject or a name."""
LONGEST_HEADER = 900
"""Characters of a further header, which stays one line."""
LONGEST_WIRE_LINE = 998
"""Characters between two ends of lines (RFC 5322 §2.1.1)."""
WELCOME = frozenset(
    {
        "auto-submitted",
        "date",
        "in-reply-to",
        "list-id",
        "list-unsubscribe",
        "list-unsubscribe-post",
        "references",
        "reply-to",
    },
)
"""Further headers that a parcel may carry, besides `X-…`."""
VERBATIM = frozenset({"list-unsubscribe", "list-unsubscribe-post", "list-id"})
"""Headers of addresses in angle brackets, which encoding would spoil."""
BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that turn the direction of writing and can make a subject read as another."""
UNADDRESSABLE = re.compile(r"[\s<>()\[\],;:\\\"\x00-\x1f\x7f\u0085\u2028\u2029\ud800-\udfff]")
MEDIA_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,60}/[a-z0-9!#$&^_.+-]{1,60}", re.IGNORECASE)
LONGEST_ADDRESS = 320
"""Characters of an address: 64, an @ and 255 (RFC 5321 §4.5.3.1)."""
PLAIN_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]*")
"""A name that needs no quotes (RFC 5322 §3.2.3)."""
INVITE_FILES = {InviteMethod.REQUEST: "invite.ics", InviteMethod.CANCEL: "cancel.ics"}


class _MailPolicy(EmailPolicy):
    """Mail with CRLF and seven-bit bodies, whose headers are lines that need no parsing.

    The library parses every header that is stored; what is written here is finished already, and parsing would take
    four fifths of the time of a mail.
    """

    def header_max_count(self, name: str) -> int | None:
        """Set no limit: every header is written once, here."""
        return None

    def header_store_parse(self, name: str, value: Any) -> tuple[str, Any]:
        """Take *value* as it is; raises ValueError when it would begin another header."""
        line = str(value)
        if not {"\r", "\n"}.isdisjoint(line):
            raise ValueError("a header is one line")
        return name, line

    def header_fetch_parse(self, name: str, value: str) -> str:
        """Give back what was stored."""
        return value

    def fold_binary(self, name: str, value: str) -> bytes:
        """Begin a line for each encoded word, between which space is none; what stays too long the library breaks."""
        folded = f"{name}: {value}".replace("?= =?", f"?={self.linesep} =?") + self.linesep
        if max(map(len, folded.splitlines())) > LONGEST_WIRE_LINE:
            return _LIBRARY.fold_binary(name, value)
        return folded.encode("utf-8" if self.utf8 else "ascii")


_LIBRARY = EmailPolicy(linesep="\r\n", cte_type="7bit", refold_source="all")


def build_message(
    parcel: Parcel,
    sender_name: str,
    sender_email: str,
    *,
    date: datetime | None = None,
) -> bytes:
    """Return the mail that carries *parcel*, its lines ended as on the wire.

    The same parcel gives the same bytes. Without *date* (aware) and without a `Date` in the parcel's headers there is
    no such header. All is ASCII unless an address is not, which then needs SMTPUTF8 (RFC 6532). Raises PermanentError
    when an address, a header or the Message-ID cannot be put into a mail.
    """
    utf8 = not (sender_email + parcel.to_email).isascii()
    policy = _MailPolicy(linesep="\r\n", cte_type="7bit", refold_source="none", utf8=utf8)
    message = EmailMessage(policy=policy)
    message["From"] = _address(sender_name, sender_email, "sender")
    message["To"] = _address(parcel.to_name, parcel.to_email, "recipient")
    message["Subject"] = _encoded(one_line(parcel.subject))
    message["Message-ID"] = _message_id(parcel.message_id)
    if date is not None:
        message["Date"] = format_datetime(date)
    _put_headers(message, parcel)
    _put_bodies(message, parcel)
    _put_boundaries(message, parcel.message_id)
    return message.as_bytes()


def one_line(text: str, longest: int = LONGEST_LINE) -> str:
    """Return *text* as one line of at most *longest* characters, without control characters of any kind."""
    kept = (" " if _breaks(character) else character for character in text if character not in BIDI_CONTROLS)
    line = " ".join("".join(kept).split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def _breaks(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}


def _address(name: str, email: str, whose: str) -> str:
    username, at, domain = email.rpartition("@")
    spoiled = "@" in username or len(email) > LONGEST_ADDRESS or UNADDRESSABLE.search(email)
    if spoiled or not (username and at and domain):
        raise PermanentError(f"the {whose}'s address is not an e-mail address")
    shown = _encoded(one_line(name))
    if shown and not PLAIN_NAME.fullmatch(shown) and shown.isascii() and not shown.startswith("=?"):
        shown = f'"{quote(shown)}"'
    return f"{shown} <{email}>" if shown else email


def _encoded(text: str) -> str:
    """Return *text* as a header may carry it: as it is, or as encoded words (RFC 2047)."""
    if text.isascii() and "=?" not in text:
        return text
    return Header(text, "utf-8").encode(linesep="")


def _message_id(text: str) -> str:
    if not re.fullmatch(r"<[!-;=?-~]+@[!-;=?-~]+>", text):
        raise PermanentError("the message id is not of the form <name@domain>")
    return text


def _put_headers(message: EmailMessage, parcel: Parcel) -> None:
    """Add the parcel's further headers, none of which may replace one of ours."""
    given = {name.lower() for name in parcel.headers}
    if "auto-submitted" not in given:
        message["Auto-Submitted"] = "auto-generated"
    for name, value in parcel.headers.items():
        lowered = name.lower()
        if lowered not in WELCOME and not re.fullmatch(r"x-[a-z0-9-]+", lowered):
            raise PermanentError(f"a parcel may not carry the header {one_line(name)!r}")
        if len(value) > LONGEST_HEADER or (lowered in VERBATIM and not value.isascii()):
            raise PermanentError(f"the header {name!r} is longer than {LONGEST_HEADER} characters or not plain ASCII")
        if lowered not in message:
            line = one_line(value, LONGEST_HEADER)
            message[name] = line if lowered in VERBATIM else _encoded(line)


def _put_bodies(message: EmailMessage, parcel: Parcel) -> None:
    message.set_content(_writable(parcel.text) or " ")
    if parcel.html:
        message.add_alternative(_writable(parcel.html), subtype="html")
    if parcel.calendar:
        calendar = _writable(parcel.calendar)
        method = parcel.calendar_method or InviteMethod.REQUEST
        message.add_alternative(calendar, subtype="calendar", params={"method": str(method)})
        message.add_attachment(calendar.encode(), maintype="application", subtype="ics", filename=INVITE_FILES[method])
    _put_attachments(message, parcel.attachments)


def _writable(text: str) -> str:
    """Return *text* with a question mark for each half of a character, which no encoding has."""
    return text.encode("utf-8", "replace").decode()


def _put_attachments(message: EmailMessage, attachments: Iterable[Attachment]) -> None:
    for attachment in attachments:
        kind = attachment.media_type if MEDIA_TYPE.fullmatch(attachment.media_type) else "application/octet-stream"
        maintype, _, subtype = kind.partition("/")
        message.add_attachment(
            attachment.content,
            maintype=maintype,
            subtype=subtype,
            filename=one_line(attachment.name.replace("/", "-").replace("\\", "-")),
            params={"charset": "utf-8"} if maintype == "text" else {},
        )


def _put_boundaries(message: EmailMessage, message_id: str) -> None:
    """Derive the boundaries from the Message-ID, so that a repeat is the same to the byte."""
    digest = hashlib.sha256(message_id.encode()).hexdigest()[:32]
    containers = (part for part in message.walk() if part.is_multipart())
    for number, part in enumerate(containers):
        part.set_boundary(f"=_{digest}_{number}")
