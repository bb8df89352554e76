"""Rendering dispatches."""

from dataclasses import replace
from datetime import UTC, datetime

import icalendar
import pytest

from convener.model import InviteMethod, Verb
from convener.operations.parcels import ParcelMaker, message_id
from convener.operations.plan import plan
from convener.operations.tick import opened

SCOPE = "northern-health/primary-care"
NOW = datetime(2026, 12, 7, 9, tzinfo=UTC)


@pytest.fixture
def made(live):
    """Return the parcel of the first dispatch of each automation and channel until March."""
    found, register = plan(live.workspace, SCOPE, datetime(2027, 3, 1, tzinfo=UTC))
    register = replace(register, polls=opened(found))
    ruleset = live.workspace.rules.ruleset(SCOPE)
    maker = ParcelMaker.of(live.workspace.renderer, live.workspace.settings, ruleset, register)
    first = {(d.automation, d.channel): d for d in reversed(found.dispatches)}
    return {key: (d, maker.make(d, at=NOW)) for key, d in first.items()}


def test_the_message_id_is_the_dispatch_and_not_the_attempt() -> None:
    """A repeat carries the same Message-ID, so that it is recognised (N5)."""
    once = message_id("c/p/a/s/x/y/z", "convener@client.example")

    assert once == message_id("c/p/a/s/x/y/z", "convener@client.example")
    assert once != message_id("c/p/a/s/x/y/w", "convener@client.example")
    assert once.endswith("@client.example>")


def test_every_mail_has_a_subject_text_and_html(made) -> None:
    """No automation of the pack sends an empty message (R13)."""
    mails = [parcel for (_, channel), (d, parcel) in made.items() if channel == "email"]

    assert mails
    assert all(parcel.subject and parcel.text and parcel.html for parcel in mails)


def test_a_text_message_is_short(made) -> None:
    """A reminder by text fits two messages (R13)."""
    _, parcel = made["remind", "text"]

    assert 0 < len(parcel.text) <= 320
    assert parcel.to_mobile.startswith("+44")


def test_an_invite_carries_one_event_in_utc(made) -> None:
    """One VEVENT, UTC, with its UID, SEQUENCE and method (R12)."""
    dispatch, parcel = made["invites", "calendar"]
    calendar = icalendar.Calendar.from_ical(parcel.calendar)
    (event,) = calendar.walk("VEVENT")

    assert InviteMethod.REQUEST is parcel.calendar_method
    assert (dispatch.invite.uid, 0) == (str(event["UID"]), event["SEQUENCE"])
    assert UTC.utcoffset(None) == event["DTSTART"].dt.utcoffset()
    assert [] == calendar.walk("VTIMEZONE")


def test_a_report_travels_in_every_format(made) -> None:
    """Sinks get HTML, CSV and JSON; the mail brings the page (R19)."""
    sinks = [parcel for (_, channel), (d, parcel) in made.items() if d.verb is Verb.REPORT and channel == "reports"]
    _, mail = made["sponsor-report", "email"]

    assert ["client.html", "client.csv", "client.json"] == [a.name for a in sinks[0].attachments]
    assert ["client.html"] == [a.name for a in mail.attachments]


def test_times_in_a_mail_name_their_zone(made) -> None:
    """Every reminder prints the zone beside the time (P6, R11)."""
    _, parcel = made["remind", "email"]

    assert "London" in parcel.text
