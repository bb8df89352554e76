"""Turn a parcel into the message that mail clients expect; shared by every connector that speaks mail.

The tree is `mixed(alternative(text, html, calendar), invite file, attachments…)`: clients that know iMIP (RFC 6047)
read the calendar part with its method, the others offer the file.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from typing import Any

from convener.errors import PermanentError
from convener.model import Attachment, InviteMethod, Parcel

LONGEST_LINE = 200
"""Characters kept of a subject or a name."""
LONGEST_HEADER = 900
"""Characters of a further header; a line of mail ends at 998."""
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
UNADDRESSABLE = re.compile(r"[\s<>()\[\],;:\\\"\x00-\x1f\x7f\u0085\u2028\u2029]")
INVITE_FILES = {InviteMethod.REQUEST: "invite.ics", InviteMethod.CANCEL: "cancel.ics"}


class _MailPolicy(EmailPolicy):
    """Mail with CRLF and seven-bit bodies, whose link headers stay as they are."""

    def header_store_parse(self, name: str, value: Any) -> tuple[str, Any]:
        """Keep headers of addresses in angle brackets unfolded and unencoded."""
        if name.lower() in VERBATIM:
            return name, str(value)
        return super().header_store_parse(name, value)


def build_message(
    parcel: Parcel,
    sender_name: str,
    sender_email: str,
    *,
    date: datetime | None = None,
) -> EmailMessage:
    """Return the mail that carries *parcel*, ready for `as_bytes`.

    The same parcel gives the same bytes. Without *date* (aware) and without a `Date` in the parcel's headers there is
    no such header. `policy.utf8` of the result tells that an address needs SMTPUTF8. Raises PermanentError when an
    address, a header or the Message-ID cannot be put into a mail.
    """
    addresses = sender_email + parcel.to_email
    policy = _MailPolicy(
        linesep="\r\n",
        cte_type="7bit",
        refold_source="none",
        utf8=not addresses.isascii(),
    )
    message = EmailMessage(policy=policy)
    message["From"] = _address(sender_name, sender_email, "sender")
    message["To"] = _address(parcel.to_name, parcel.to_email, "recipient")
    message["Subject"] = one_line(parcel.subject)
    message["Message-ID"] = _message_id(parcel.message_id)
    if date is not None:
        message["Date"] = date
    _put_headers(message, parcel)
    _put_bodies(message, parcel)
    _put_boundaries(message, parcel.message_id)
    return message


def one_line(text: str, longest: int = LONGEST_LINE) -> str:
    """Return *text* as one line of at most *longest* characters, without control characters of any kind."""
    kept = (" " if _breaks(character) else character for character in text if character not in BIDI_CONTROLS)
    line = " ".join("".join(kept).split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def _breaks(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}


def _address(name: str, email: str, whose: str) -> Address:
    username, at, domain = email.rpartition("@")
    if not (username and at and domain) or UNADDRESSABLE.search(email):
        raise PermanentError(f"the {whose}'s address is not an e-mail address")
    return Address(one_line(name), username, domain)


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
            message[name] = one_line(value, LONGEST_HEADER)


def _put_bodies(message: EmailMessage, parcel: Parcel) -> None:
    message.set_content(parcel.text or " ")
    if parcel.html:
        message.add_alternative(parcel.html, subtype="html")
    if parcel.calendar:
        method = parcel.calendar_method or InviteMethod.REQUEST
        message.add_alternative(parcel.calendar, subtype="calendar", params={"method": str(method)})
        content = parcel.calendar.encode()
        message.add_attachment(content, maintype="application", subtype="ics", filename=INVITE_FILES[method])
    _put_attachments(message, parcel.attachments)


def _put_attachments(message: EmailMessage, attachments: Iterable[Attachment]) -> None:
    for attachment in attachments:
        maintype, _, subtype = attachment.media_type.partition("/")
        message.add_attachment(
            attachment.content,
            maintype=maintype,
            subtype=subtype or "octet-stream",
            filename=one_line(attachment.name.replace("/", "-").replace("\\", "-")),
            params={"charset": "utf-8"} if maintype == "text" else {},
        )


def _put_boundaries(message: EmailMessage, message_id: str) -> None:
    """Derive the boundaries from the Message-ID, so that a repeat is the same to the byte."""
    digest = hashlib.sha256(message_id.encode()).hexdigest()[:32]
    containers = (part for part in message.walk() if part.is_multipart())
    for number, part in enumerate(containers):
        part.set_boundary(f"=_{digest}_{number}")
