"""Parcels to send in tests."""

from convener.model import InviteMethod
from convener.testing import CALENDAR, a_mail, a_text, an_invite


def test_each_parcel_is_of_its_kind() -> None:
    """A mail has HTML, an invite a calendar and its method, a text only a number."""
    assert a_mail().html
    assert (CALENDAR, InviteMethod.REQUEST) == (an_invite().calendar, an_invite().calendar_method)
    assert ("", "", "+447700915524") == (a_text().subject, a_text().to_email, a_text().to_mobile)


def test_fields_can_be_changed() -> None:
    """Changes win over what is usual."""
    invite = an_invite(message_id="<1@x>", calendar_method=InviteMethod.CANCEL)

    assert ("Other", "<1@x>", InviteMethod.CANCEL) == (
        a_mail(subject="Other").subject,
        invite.message_id,
        invite.calendar_method,
    )
