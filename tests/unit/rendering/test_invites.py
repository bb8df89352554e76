"""Calendar objects, read back."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from convener.errors import DataError
from convener.model import InviteMethod, InviteTerms
from convener.rendering.invites import calendar_object, invite_name

STAMP = datetime(2026, 12, 1, 8, tzinfo=UTC)


def _terms(sequence: int = 0, method: InviteMethod = InviteMethod.REQUEST) -> InviteTerms:
    london = ZoneInfo("Europe/London")
    return InviteTerms(
        uid="northern-health.primary-care.cumbria.4.1a2b3c@convener",
        sequence=sequence,
        method=method,
        starts=datetime(2027, 7, 13, 9, tzinfo=london),
        ends=datetime(2027, 7, 13, 17, tzinfo=london),
    )


def _text(terms: InviteTerms, *, name: str = "Chiara Grant", email: str = "chiara.grant@northern.example") -> str:
    return calendar_object(
        terms,
        summary="Workforce (Cumbria, 4 of 9)",
        description="Primary care pilot\nTuesday 13 July 2027; bring, please, a question",
        location="",
        organizer=("The programme team", "convener@localhost"),
        attendee=(name, email),
        stamp=STAMP,
    )


def test_a_request_reads_back_as_it_was_meant() -> None:
    """One event, one person, UTC, no VTIMEZONE (R12, fault 48)."""
    calendar = Calendar.from_ical(_text(_terms()))
    event = calendar.walk("VEVENT")[0]
    guest = event["ATTENDEE"]

    assert ["VCALENDAR", "VEVENT"] == [part.name for part in calendar.walk()]
    assert ("REQUEST", "CONFIRMED", 0) == (calendar["METHOD"], event["STATUS"], event["SEQUENCE"])
    assert datetime(2027, 7, 13, 8, tzinfo=UTC) == event["DTSTART"].dt
    assert datetime(2027, 7, 13, 16, tzinfo=UTC) == event["DTEND"].dt
    assert STAMP == event["DTSTAMP"].dt
    assert ("mailto:chiara.grant@northern.example", "Chiara Grant") == (guest, guest.params["CN"])
    assert ("TRUE", "NEEDS-ACTION") == (guest.params["RSVP"], guest.params["PARTSTAT"])
    assert "mailto:convener@localhost" == event["ORGANIZER"]
    assert "Primary care pilot\nTuesday 13 July 2027; bring, please, a question" == event["DESCRIPTION"]


def test_the_wire_has_utc_times_and_crlf() -> None:
    """Times end in Z, lines in CR LF, none longer than 75 octets (RFC 5545 §3.1)."""
    text = _text(_terms(), name="Ö" * 80)

    assert "DTSTART:20270713T080000Z\r\n" in text
    assert text.replace("\r\n", "").count("\n") == 0
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


def test_an_update_has_the_same_uid_and_a_higher_sequence() -> None:
    """A move is one update of the same entry (R12, P4)."""
    first, second = (Calendar.from_ical(_text(_terms(sequence=n))).walk("VEVENT")[0] for n in (0, 1))

    assert first["UID"] == second["UID"]
    assert (0, 1) == (first["SEQUENCE"], second["SEQUENCE"])


def test_a_cancellation_cancels_and_asks_nothing() -> None:
    """A removal cancels for that person only and wants no answer (R12, P5)."""
    calendar = Calendar.from_ical(_text(_terms(sequence=2, method=InviteMethod.CANCEL)))
    event = calendar.walk("VEVENT")[0]

    assert ("CANCEL", "CANCELLED", 2) == (calendar["METHOD"], event["STATUS"], event["SEQUENCE"])
    assert "RSVP" not in event["ATTENDEE"].params


def test_the_same_invite_is_the_same_text() -> None:
    """Nothing in it comes from the clock or from chance."""
    assert _text(_terms()) == _text(_terms())


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ('Ann "Bee"\r\nATTENDEE:mailto:x@y', "Ann 'Bee' ATTENDEE:mailto:x@y"),
        ("O'Neil; Ü, Jr.", "O'Neil; Ü, Jr."),
        ("a\u202eb", "ab"),
        ("n" * 200, "n" * 200),
    ],
)
def test_a_name_is_data(name: str, expected: str) -> None:
    """A hostile name adds no line and no second guest (faults 28 and 31)."""
    event = Calendar.from_ical(_text(_terms(), name=name)).walk("VEVENT")[0]

    assert expected == event["ATTENDEE"].params["CN"]
    assert isinstance(event["ATTENDEE"], str)


@pytest.mark.parametrize("email", ["", "no address", "a@b\r\nATTENDEE:mailto:c@d", "a@b@c"])
def test_what_is_no_address_is_refused_without_being_repeated(email: str) -> None:
    """The error says what is needed and shows no personal data."""
    with pytest.raises(DataError) as caught:
        _text(_terms(), email=email)

    assert "an invite needs an address of the form name@place" == str(caught.value)


def test_the_message_follows_the_method() -> None:
    """Request, update and cancellation each have a mail of their own."""
    cancel = _terms(sequence=1, method=InviteMethod.CANCEL)

    assert ["invite-request", "invite-update", "invite-cancel"] == [
        invite_name(terms) for terms in (_terms(), _terms(sequence=1), cancel)
    ]
