"""Dates of several programmes at once, which share coaches or people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from convener.model import Availability, Commitment, Conflict, DateProposal, ProposedSession, Register
from convener.planning.effort import Effort
from convener.planning.propose import solver, trust
from convener.planning.verification.dates import verify_dates
from convener.rulesets.ruleset import Ruleset


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeDates:
    """One of the programmes."""

    ruleset: Ruleset
    register: Register
    availability: Availability
    commitments: Sequence[Commitment] = ()
    """What coaches carry in programmes other than those asked about."""


def propose_dates_together(
    programmes: Sequence[ProgrammeDates], *, earliest: datetime, replan: bool = False, effort: Effort | None = None
) -> tuple[DateProposal, ...] | Conflict:
    """Say when every pod of several programmes of one client meets, with a proposal for each in the order given.

    A coach or person of several of them is never in two places. Everything else is as in `propose_dates`.
    """
    room = solver("convener.planning.dates.run")
    budget = effort or Effort()
    order = sorted(range(len(programmes)), key=lambda at: programmes[at].ruleset.scope)
    asked = [programmes[at] for at in order]
    questions = [
        room.pose(p.ruleset, p.register, p.availability, earliest, p.commitments, replan=replan) for p in asked
    ]
    shared = room.acquainted(questions)
    found: tuple[DateProposal, ...] | Conflict = room.together(shared, budget)
    if isinstance(found, Conflict):
        return found
    for at, programme in enumerate(asked):
        others = [plan for other, plan in enumerate(found) if other != at]
        commitments = [*programme.commitments, *_agreed(asked, others)]
        trust(
            verify_dates(
                programme.ruleset,
                programme.register,
                found[at],
                programme.availability,
                commitments=commitments,
                earliest=earliest,
            )
        )
    return tuple(found[order.index(at)] for at in range(len(programmes)))


def _agreed(asked: Sequence[ProgrammeDates], others: Sequence[DateProposal]) -> list[Commitment]:
    """Return what coaches and members do in the *others*."""
    registers = {programme.ruleset.programme: programme.register for programme in asked}
    return [
        Commitment(coach=person, pods=1, sessions=((session.starts, session.ends),))
        for plan in others
        for session in plan.sessions
        for person in _there(registers[plan.programme], session)
    ]


def _there(register: Register, session: ProposedSession) -> list[str]:
    coach = register.coach_of(session.pod, session.starts.date())
    return [*session.coming, *session.absent, *([coach] if coach else [])]
