"""What a change makes untrue of what is planned and not sent yet (P3)."""

from dataclasses import dataclass

from convener.decide.changes.draft import participant_of, session_of
from convener.model import CancelSession, Change, Dispatch, MovePod, MoveSession, Register, Second, Withdraw


@dataclass(frozen=True, slots=True, kw_only=True)
class Outdated:
    """Which planned dispatches no longer say the truth; what still is true gets planned again."""

    session: str = ""
    """Id of the session they speak of; empty for any."""
    recipient: str = ""
    """Id of whom they go to, or who is the only one they speak of to somebody else; empty for anyone."""

    def covers(self, dispatch: Dispatch) -> bool:
        """Tell whether *dispatch* is one of them."""
        about = not self.session or self.session in (dispatch.session, dispatch.subject)
        return about and (self.recipient in ("", dispatch.recipient) or dispatch.people == (self.recipient,))


def outdated_by(register: Register, change: Change) -> Outdated | None:
    """Return what *change* of *register* makes untrue, None for nothing; raise UsageError for whom it does not know."""
    match change:
        case MoveSession() | CancelSession():
            return Outdated(session=session_of(register, change.session).id)
        case Withdraw() | Second() | MovePod():
            return Outdated(recipient=participant_of(register, change.person, change.on))
        case _:
            return None
