"""`dates why`: the slots considered for one session, and what each would have cost (R11)."""

from dataclasses import dataclass
from datetime import datetime

from convener.errors import UsageError
from convener.model import DateProposal, Instead, ProposedSession, Register
from convener.operations import proposals
from convener.operations.dates.proposing import POLL, Asked, Source, ask
from convener.operations.workspace import Scope, Workspace
from convener.planning import explain_session


@dataclass(frozen=True, slots=True, kw_only=True)
class Considered:
    """A proposed session, and the slots it might take instead, the cheapest first."""

    session: ProposedSession
    others: tuple[Instead, ...]
    register: Register

    @staticmethod
    def starts(other: Instead) -> datetime:
        """Return when *other* starts."""
        return datetime.fromisoformat(other.what)


def why(workspace: Workspace, scope: str, source: Source = POLL) -> Considered:
    """Say why session CLIENT/PROGRAMME/POD/NUMBER of the last proposal is when it is; UsageError for an unknown one."""
    where = Scope.parse(scope)
    wanted = where.session_id
    asked = ask(workspace, where.of_programme, source)
    with workspace.store.begin() as tx:
        proposal = proposals.last(tx, where.of_programme, "dates", DateProposal)
    session = next((each for each in proposal.sessions if f"{each.pod}/{each.number}" == wanted), None)
    if session is None:
        raise UsageError(
            f"there is no session {wanted} in the proposal", hint=f"run: convener dates show {asked.ruleset.scope}"
        )
    return Considered(session=session, others=_others(asked, proposal, session), register=asked.register)


def _others(asked: Asked, proposal: DateProposal, session: ProposedSession) -> tuple[Instead, ...]:
    return explain_session(
        asked.ruleset, asked.register, proposal, f"{session.pod}/{session.number}", asked.availability,
        earliest=asked.at, commitments=asked.commitments,
    )  # fmt: skip
