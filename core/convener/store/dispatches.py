"""Dispatches and parcels as rows of the ledger."""

import base64
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from convener.model import (
    Attachment,
    Dispatch,
    DispatchState,
    InviteMethod,
    InviteTerms,
    LedgerRow,
    Parcel,
    Verb,
)


def write_row(
    dispatch: Dispatch, state: DispatchState, parcel: Parcel | None, at: datetime, error: str = ""
) -> dict[str, Any]:
    """Return the row of *dispatch*, new at that instant and in *state*; *error* says why it does not go."""
    invite = dispatch.invite
    return {
        "key": dispatch.key,
        "client": dispatch.client,
        "programme": dispatch.programme,
        "automation": dispatch.automation,
        "step": dispatch.step,
        "subject": dispatch.subject,
        "slot": dispatch.slot,
        "recipient": dispatch.recipient,
        "channel": dispatch.channel,
        "connector": dispatch.connector,
        "due": dispatch.due,
        "not_after": dispatch.not_after,
        "reason": dispatch.reason,
        "verb": dispatch.verb.value,
        "what": dispatch.what,
        "people": dispatch.people,
        "session": dispatch.session,
        "poll": dispatch.poll,
        "attach": dispatch.attach,
        "invite_uid": invite.uid if invite else None,
        "invite_sequence": invite.sequence if invite else None,
        "invite_method": invite.method.value if invite else None,
        "invite_starts": invite.starts if invite else None,
        "invite_ends": invite.ends if invite else None,
        "added": at,
        "state": state.value,
        "attempts": 0,
        "message_id": parcel.message_id if parcel else "",
        "settled": at if state in SETTLED else None,
        "not_before": None,
        "error": error,
        "owner": "",
        "leased_until": None,
    }


SETTLED = frozenset(
    {
        DispatchState.SENT,
        DispatchState.FAILED,
        DispatchState.IN_DOUBT,
        DispatchState.CANCELLED,
        DispatchState.MISSED,
    }
)
"""States that no longer change by themselves."""


def read_row(row: Row[Any]) -> LedgerRow:
    """Return a row of the ledger as a value."""
    return LedgerRow(
        dispatch=_dispatch(row),
        state=DispatchState(row.state),
        attempts=row.attempts,
        message_id=row.message_id,
        settled=row.settled,
        not_before=row.not_before,
        error=row.error,
    )


def _dispatch(row: Row[Any]) -> Dispatch:
    return Dispatch(
        client=row.client,
        programme=row.programme,
        automation=row.automation,
        step=row.step,
        subject=row.subject,
        slot=row.slot,
        recipient=row.recipient,
        channel=row.channel,
        connector=row.connector,
        due=row.due,
        not_after=row.not_after,
        reason=row.reason,
        verb=Verb(row.verb),
        what=row.what,
        people=tuple(row.people),
        session=row.session,
        poll=row.poll,
        invite=_terms(row),
        attach=tuple(row.attach),
    )


def _terms(row: Row[Any]) -> InviteTerms | None:
    if row.invite_sequence is None:
        return None
    return InviteTerms(
        uid=row.invite_uid,
        sequence=row.invite_sequence,
        method=InviteMethod(row.invite_method),
        starts=row.invite_starts,
        ends=row.invite_ends,
    )


def write_parcel(parcel: Parcel) -> dict[str, Any]:
    """Return *parcel* as JSON, attachments in base64."""
    return {
        "message_id": parcel.message_id,
        "to_name": parcel.to_name,
        "to_email": parcel.to_email,
        "to_mobile": parcel.to_mobile,
        "subject": parcel.subject,
        "text": parcel.text,
        "html": parcel.html,
        "calendar": parcel.calendar,
        "calendar_method": parcel.calendar_method.value if parcel.calendar_method else None,
        "attachments": [
            {
                "name": attachment.name,
                "content": base64.b64encode(attachment.content).decode(),
                "media_type": attachment.media_type,
            }
            for attachment in parcel.attachments
        ],
        "headers": dict(parcel.headers),
    }


def read_parcel(content: dict[str, Any]) -> Parcel:
    """Return the parcel that `write_parcel` turned into *content*."""
    method = content["calendar_method"]
    attachments = (
        Attachment(name=one["name"], content=base64.b64decode(one["content"]), media_type=one["media_type"])
        for one in content["attachments"]
    )
    kept: dict[str, Any] = {
        **content,
        "calendar_method": InviteMethod(method) if method else None,
        "attachments": tuple(attachments),
    }
    return Parcel(**kept)
