"""Parcels to send in tests."""

from dataclasses import replace
from typing import Any

from convener.model import Attachment, InviteMethod, Parcel

CALENDAR = (
    "BEGIN:VCALENDAR\r\n"
    "VERSION:2.0\r\n"
    "PRODID:-//Convener//Test//EN\r\n"
    "METHOD:REQUEST\r\n"
    "BEGIN:VEVENT\r\n"
    "UID:northern.primary-care.cumbria.1.0f3a@convener\r\n"
    "DTSTAMP:20270104T090000Z\r\n"
    "DTSTART:20270119T090000Z\r\n"
    "DTEND:20270119T170000Z\r\n"
    "SEQUENCE:0\r\n"
    "SUMMARY:Contracting in Penrith\\, café upstairs\r\n"
    "END:VEVENT\r\n"
    "END:VCALENDAR\r\n"
)
"""A calendar object with one event, CRLF lines, and one character outside ASCII."""


def a_mail(**changes: Any) -> Parcel:
    """Return a mail to one participant, with *changes* to its fields."""
    mail = Parcel(
        message_id="<5b1f0c@convener.example>",
        to_name="Chiara Grant",
        to_email="chiara.grant@northern.example",
        subject="Your set meets on Tuesday",
        text="Hello Chiara\n\n.A line that begins with a full stop\n",
        html="<p>Hello Chiara</p>\n",
        attachments=(Attachment(name="toolkit.md", content=b"# Access\n", media_type="text/markdown"),),
    )
    return replace(mail, **changes)


def an_invite(**changes: Any) -> Parcel:
    """Return a mail that invites one participant to one session, with *changes* to its fields."""
    terms = {
        "message_id": "<invite-5b1f0c@convener.example>",
        "calendar": CALENDAR,
        "calendar_method": InviteMethod.REQUEST,
        "attachments": (),
    }
    return a_mail(**(terms | changes))


def a_text(**changes: Any) -> Parcel:
    """Return a text message to one participant, with *changes* to its fields."""
    text = Parcel(
        message_id="<text-5b1f0c@convener.example>",
        to_name="Chiara Grant",
        to_email="",
        to_mobile="+447700915524",
        text="Your set meets on Tuesday at 09:00.",
    )
    return replace(text, **changes)
