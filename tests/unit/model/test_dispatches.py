"""Dispatches and their keys."""

from dataclasses import replace
from datetime import UTC, datetime

from convener.model import Dispatch, Parcel, Verb

REMINDER = Dispatch(
    client="northern-health",
    programme="primary-care",
    automation="remind",
    step="send.reminder.email",
    subject="primary-care/tyneside/3",
    slot="2027-04-20T09:00",
    recipient="00101",
    channel="email",
    connector="mail",
    due=datetime(2027, 4, 20, 8, tzinfo=UTC),
    reason="2 working days before session.starts",
    verb=Verb.SEND,
    what="reminder",
)


def test_the_key_says_what_goes_to_whom_in_which_slot() -> None:
    """The key carries no rule version, no UTC offset and no time of planning (P2, P6)."""
    expected = "northern-health/primary-care/remind/send.reminder.email/primary-care/tyneside/3/2027-04-20T09:00/00101"

    assert expected == REMINDER.key
    assert expected == replace(REMINDER, due=datetime(2027, 4, 20, 9, tzinfo=UTC), reason="other").key


def test_what_a_parcel_says_is_not_in_its_repr() -> None:
    """Addresses and bodies cannot slip into a log through a repr."""
    parcel = Parcel(message_id="<1@x>", to_name="A", to_email="a@x.example", text="secret", html="secret")

    assert "a@x.example" not in repr(parcel)
    assert "secret" not in repr(parcel)
