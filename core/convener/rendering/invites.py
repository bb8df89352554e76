"""Calendar objects: one session, one person, one VEVENT (RFC 5545, RFC 5546).

Times are in UTC and there is no VTIMEZONE: some calendars misread one, and a single session needs none.
"""

import re
from datetime import UTC, datetime
from typing import Final

from icalendar import Calendar, Event, vCalAddress, vText

from convener.errors import DataError
from convener.model import InviteMethod, InviteTerms
from convener.rendering.texts import clean

_PRODUCT: Final = "-//Convener//Session invites//EN"
_ADDRESS: Final = re.compile(r"[^\s@<>\"]+@[^\s@<>\"]+")


def invite_name(terms: InviteTerms) -> str:
    """Return the message that goes with an invite: `invite-request`, `invite-update` or `invite-cancel`."""
    if terms.method is InviteMethod.CANCEL:
        return "invite-cancel"
    return "invite-update" if terms.sequence else "invite-request"


def calendar_object(  # noqa: PLR0913 - the parts of an invite, each by name
    terms: InviteTerms,
    *,
    summary: str,
    description: str,
    location: str,
    organizer: tuple[str, str],
    attendee: tuple[str, str],
    stamp: datetime,
) -> str:
    """Return the iCalendar text of an invite, an update or a cancellation, lines ended by CR LF.

    *organizer* and *attendee* are (name, address); *stamp* is when this was said (DTSTAMP), so that the same
    invite is the same text. Raises DataError for something that is no address.
    """
    event = Event()
    event.add("uid", terms.uid)
    event.add("sequence", terms.sequence)
    event.add("dtstamp", stamp.astimezone(UTC))
    event.add("dtstart", terms.starts.astimezone(UTC))
    event.add("dtend", terms.ends.astimezone(UTC))
    event.add("summary", clean(summary))
    event.add("description", description)
    if location:
        event.add("location", clean(location))
    event.add("status", "CANCELLED" if terms.method is InviteMethod.CANCEL else "CONFIRMED")
    event.add("transp", "OPAQUE")
    event.add("organizer", _party(*organizer))
    event.add("attendee", _guest(*attendee, asked=terms.method is InviteMethod.REQUEST))
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", terms.method.value)
    calendar.add_component(event)
    return bytes(calendar.to_ical()).decode()


def _party(name: str, email: str) -> vCalAddress:
    if not _ADDRESS.fullmatch(email):
        raise DataError("an invite needs an address of the form name@place", hint="mend it in the roster and sync")
    party = vCalAddress(f"mailto:{email}")
    party.params["CN"] = vText(clean(name).replace('"', "'"))  # RFC 5545 §3.2: no double quote inside a parameter
    return party


def _guest(name: str, email: str, *, asked: bool) -> vCalAddress:
    guest = _party(name, email)
    guest.params["ROLE"] = vText("REQ-PARTICIPANT")
    if asked:
        guest.params["PARTSTAT"] = vText("NEEDS-ACTION")
        guest.params["RSVP"] = vText("TRUE")
    return guest
