"""The invites people hold."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from convener.model import Dispatch, DispatchState, InviteMethod, Register, SentInvite
from convener.store import Store

NOON = datetime(2027, 1, 19, 12, tzinfo=UTC)
LATER = NOON + timedelta(days=1)
CANCELLED, READY = DispatchState.CANCELLED, DispatchState.READY


def _held(store: Store, empty: Register, *entries: tuple[Dispatch, DispatchState]) -> dict[tuple[str, str], SentInvite]:
    with store.begin() as tx:
        tx.save(tx.load("north", "care"), empty)
        tx.add([(dispatch, None, state) for dispatch, state in entries], at=NOON)
        return dict(tx.load("north", "care").invites)


def _expected(sequence: int, starts: datetime, *, cancelled: bool) -> dict[tuple[str, str], SentInvite]:
    end = starts + timedelta(hours=2)
    one = SentInvite(
        session="care/tyne/1", person="E-001", sequence=sequence, starts=starts, ends=end, cancelled=cancelled
    )
    return {("care/tyne/1", "E-001"): one}


def test_the_highest_sequence_counts(store: Store, empty: Register, invite: Callable[..., Dispatch]) -> None:
    """An update replaces the invite before it."""
    found = _held(store, empty, (invite(1, starts=LATER), READY), (invite(0), DispatchState.SENT))

    assert _expected(1, LATER, cancelled=False) == found


def test_a_cancel_is_an_invite_that_is_off(store: Store, empty: Register, invite: Callable[..., Dispatch]) -> None:
    """After a cancel the person holds nothing, even if its sending failed."""
    off = invite(1, method=InviteMethod.CANCEL)

    assert _expected(1, NOON, cancelled=True) == _held(
        store, empty, (invite(0), DispatchState.SENT), (off, DispatchState.FAILED)
    )


def test_a_called_off_update_leaves_the_one_before(
    store: Store, empty: Register, invite: Callable[..., Dispatch]
) -> None:
    """What never went out changes no terms, but its sequence is used up: keys are unique for ever."""
    found = _held(store, empty, (invite(0), DispatchState.SENT), (invite(1, starts=LATER), CANCELLED))

    assert _expected(1, NOON, cancelled=False) == found


def test_a_called_off_first_invite_counts_as_cancelled(
    store: Store, empty: Register, invite: Callable[..., Dispatch]
) -> None:
    """Whoever is invited again gets a higher sequence instead of a key that is taken."""
    assert _expected(0, NOON, cancelled=True) == _held(store, empty, (invite(0), CANCELLED))
