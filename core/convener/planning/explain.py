"""Where somebody might sit instead, of a proposal that there is."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from convener.errors import UsageError
from convener.model import Commitment, Instead, PodProposal, Register
from convener.planning.pods.costs import Seated
from convener.planning.pods.explanation.ledger import open_ledger
from convener.planning.pods.explanation.swaps import instead
from convener.planning.pods.question import pose
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
    """Return the pods that *person* might sit in instead, the cheapest first, those that a rule forbids last.

    For each other pod that is not frozen there is the best way in, alone or in exchange for a member, and what each
    rule says that would count differently. Raises UsageError when they have no seat that can change.
    """
    fresh = [pod for pod in proposal.pods if not pod.frozen]
    pods = [Seated(pod.name, tuple(seat.person for seat in pod.seats), pod.coach) for pod in fresh]
    seated = frozenset(each for pod in pods for each in pod.members)
    if person not in seated:
        raise UsageError(f"{person} has no seat that can change in this proposal")
    question = pose(ruleset, register, day, commitments)
    ledger = open_ledger(replace(question, people=tuple(sorted(seated & set(question.people)))), pods)
    return instead(ledger, [pod.id for pod in fresh], person)
