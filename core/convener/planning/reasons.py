"""Why a place or a date, and what might have been instead; brings the solvers in only when asked."""

from collections.abc import Sequence
from datetime import date, datetime

from convener.model import Availability, Commitment, DateProposal, Instead, PodProposal, Register
from convener.planning.propose import solver
from convener.rulesets.ruleset import Ruleset


def explain_seat(
    ruleset: Ruleset,
    register: Register,
    proposal: PodProposal,
    person: str,
    *,
    day: date,
    commitments: Sequence[Commitment] = (),
) -> tuple[Instead, ...]:
    """Return the pods that *person* might sit in instead, the cheapest first, those that a rule forbids last."""
    found: tuple[Instead, ...] = solver("convener.planning.explain").explain_seat(
        ruleset, register, proposal, person, day=day, commitments=commitments
    )
    return found


def explain_session(  # noqa: PLR0913 - the public face names every input
    ruleset: Ruleset,
    register: Register,
    proposal: DateProposal,
    session: str,
    availability: Availability,
    *,
    earliest: datetime,
    commitments: Sequence[Commitment] = (),
) -> tuple[Instead, ...]:
    """Return the slots that *session*, `programme/pod/number`, might take instead, the cheapest first."""
    found: tuple[Instead, ...] = solver("convener.planning.dates.instead").explain_session(
        ruleset, register, proposal, session, availability, earliest=earliest, commitments=commitments
    )
    return found
