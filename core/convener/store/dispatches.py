"""Dispatches and parcels as rows of the ledger."""

import base64
from collections.abc import Mapping, Sequence
from datetime import datetime
from operator import attrgetter
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

Entry = tuple[Dispatch, Parcel | None, DispatchState]
"""A dispatch, what is to be handed over, and the state it starts in."""

_AS_THEY_ARE = (
    *("client", "programme", "automation", "step", "subject", "slot", "recipient", "channel", "connector"),
    *("due", "not_after", "reason", "what", "people", "session", "poll", "attach"),
)
"""Fields of a dispatch that are columns of the same name."""


def write_rows(entries: Mapping[str, Entry], at: datetime, held: Mapping[str, str]) -> dict[str, Sequence[Any]]:
    """Return the columns of new rows, of *entries* by key, added at that instant.

    What *held* names by its key carries the rule that holds it.
    """
    dispatches, parcels, states = zip(*entries.values(), strict=True)
    same: dict[str, Sequence[Any]] = {name: list(map(attrgetter(name), dispatches)) for name in _AS_THEY_ARE}
    return {
        **same,
        **_write_terms([dispatch.invite for dispatch in dispatches]),
        "key": list(entries),
        "verb": [dispatch.verb.value for dispatch in dispatches],
        "added": [at] * len(entries),
        "state": [state.value for state in states],
        "attempts": [0] * len(entries),
        "message_id": [parcel.message_id if parcel else "" for parcel in parcels],
        "settled": [at if state in SETTLED else None for state in states],
        "not_before": [
            due if state is DispatchState.READY else None for due, state in zip(same["due"], states, strict=True)
        ],
        "error": [held.get(key, "") for key in entries],
        "owner": [""] * len(entries),
        "leased_until": [None] * len(entries),
    }


def _write_terms(invites: Sequence[InviteTerms | None]) -> dict[str, Sequence[Any]]:
    return {
        "invite_uid": [invite and invite.uid for invite in invites],
        "invite_sequence": [invite and invite.sequence for invite in invites],
        "invite_method": [invite and invite.method.value for invite in invites],
        "invite_starts": [invite and invite.starts for invite in invites],
        "invite_ends": [invite and invite.ends for invite in invites],
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
    state = DispatchState(row.state)
    return LedgerRow(
        dispatch=_dispatch(row),
        state=state,
        attempts=row.attempts,
        message_id=row.message_id,
        settled=row.settled,
        not_before=row.not_before if state is DispatchState.RETRY else None,
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


def write_parcels(entries: Mapping[str, Entry], at: datetime) -> dict[str, Sequence[Any]]:
    """Return the columns of the parcels of *entries* by key, of those that have one."""
    found = {key: parcel for key, (_, parcel, _) in entries.items() if parcel}
    return {
        "key": list(found),
        "content": [write_parcel(parcel) for parcel in found.values()],
        "added": [at] * len(found),
    }


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
