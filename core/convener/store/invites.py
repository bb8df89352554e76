"""The invites people hold, read from the ledger."""

from sqlalchemy import Connection, select

from convener.model import DispatchState, InviteMethod, SentInvite
from convener.store.schema import ledger


def load_invites(connection: Connection, client: str, programme: str) -> dict[tuple[str, str], SentInvite]:
    """Return the last invite for each (session, person) of a programme.

    Its terms are those of the highest sequence that was not called off. Its sequence is the highest that was ever
    given out, called off or not, because a key is unique for ever: whoever invites again must go one higher.
    A pair of which every invite was called off counts as cancelled. A failed invite counts as given: it is asked
    again when the terms change, not at every tick.
    """
    mine = select(
        ledger.c.session,
        ledger.c.subject,
        ledger.c.recipient,
        ledger.c.state,
        ledger.c.invite_sequence,
        ledger.c.invite_method,
        ledger.c.invite_starts,
        ledger.c.invite_ends,
    ).where(ledger.c.client == client, ledger.c.programme == programme, ledger.c.invite_sequence.is_not(None))
    found: dict[tuple[str, str], SentInvite] = {}
    for row in connection.execute(mine.order_by(ledger.c.invite_sequence)):
        key = (row.session or row.subject, row.recipient)
        known = found.get(key)
        off = row.state == DispatchState.CANCELLED
        found[key] = SentInvite(
            session=key[0],
            person=key[1],
            sequence=row.invite_sequence,
            starts=known.starts if off and known else row.invite_starts,
            ends=known.ends if off and known else row.invite_ends,
            cancelled=(known.cancelled if known else True) if off else row.invite_method == InviteMethod.CANCEL,
        )
    return found
