"""Whether something may go out of this workspace, and a person's word that it may (fault 15)."""

from dataclasses import dataclass
from datetime import datetime

from convener.errors import HeldError
from convener.model import Dispatch, DispatchState
from convener.operations.workspace import Workspace

ADOPTION = "look at what would go out, convener db adopt --dry-run, then: convener db adopt"
"""What a person does about a database that is held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Adoption:
    """What is let go when a held database is adopted."""

    hold: str
    """Why it was held; empty when it was not."""
    overdue: int
    """How many messages are due, and go out next."""
    oldest: datetime | None
    """Since when the first of them waits."""
    interrupted: int
    """How many were on the wire when the copy was made; each is settled as its connector declares."""


def require_free(workspace: Workspace) -> None:
    """Raise HeldError while nothing may go out: the database was copied or put back, and nobody has looked yet."""
    hold = workspace.store.standing().hold
    if hold:
        raise HeldError(
            f"nothing goes out of the {workspace.store.label}: {hold}",
            hint=ADOPTION,
        )


def note_sent(workspace: Workspace, dispatch: Dispatch) -> None:
    """Write down beside the database that *dispatch* was sent; to be called once its settlement is committed.

    The last one of a group is enough. It cannot fail, and waits for no disk.
    """
    workspace.store.note_sent(dispatch)


def adopt(workspace: Workspace, *, dry_run: bool = False) -> Adoption:
    """Take the database as the one that counts, whatever it was held for, and return what goes out now."""
    now = workspace.clock.now()
    with workspace.store.begin(rehearsal=True) as tx:
        lanes = tx.waiting(now)
        interrupted = len(tx.ledger(states=(DispatchState.SENDING,)))
    found = Adoption(
        hold=workspace.store.standing().hold,
        overdue=sum(lane.count for lane in lanes),
        oldest=min((lane.oldest for lane in lanes), default=None),
        interrupted=interrupted,
    )
    if not dry_run:
        workspace.store.adopt()
    return found
