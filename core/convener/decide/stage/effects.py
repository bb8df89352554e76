"""What a plan that is carried out makes of the register: polls are open, calendars have been told."""

from collections.abc import Iterable

from convener.model import Dispatch, InviteMethod, Plan, PollRequest, SentInvite


def opened(plan: Plan) -> dict[tuple[str, str, str], PollRequest]:
    """Return the polls that open with *plan*, as the register keeps them."""
    return {
        (o.poll, o.subject, o.person): PollRequest(
            poll=o.poll, subject=o.subject, person=o.person, opened=o.opens, closes=o.closes
        )
        for o in plan.openings
    }


def told(dispatches: Iterable[Dispatch]) -> dict[tuple[str, str], SentInvite]:
    """Return what calendars show once *dispatches* have gone out, as the register keeps it; the last of several."""
    invites = sorted(
        ((d.session, d.recipient, d.invite) for d in dispatches if d.invite), key=lambda each: each[2].sequence
    )
    return {
        (session, person): SentInvite(
            session=session,
            person=person,
            sequence=terms.sequence,
            starts=terms.starts,
            ends=terms.ends,
            cancelled=terms.method is InviteMethod.CANCEL,
        )
        for session, person, terms in invites
    }
