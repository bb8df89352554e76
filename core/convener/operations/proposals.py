"""Proposals: what planning found, kept until somebody accepts it."""

from datetime import datetime
from typing import Literal, TypeVar

from pydantic import TypeAdapter

from convener.errors import InvalidError, Place, Problem, UsageError
from convener.model import Conflict
from convener.rulesets.ruleset import Ruleset
from convener.store import Transaction

ProposalT = TypeVar("ProposalT")
Kind = Literal["pods", "dates"]
SHOWN = 5
"""Ways out that a message names."""


def keep(tx: Transaction, scope: str, kind: Kind, proposal: object, *, at: datetime) -> None:
    """Keep *proposal* as the last one of its kind for *scope*."""
    tx.put_proposal(scope, kind, TypeAdapter(type(proposal)).dump_python(proposal, mode="json"), at=at)


def last(tx: Transaction, scope: str, kind: Kind, shape: type[ProposalT]) -> ProposalT:
    """Return the last proposal of *kind*; raise UsageError when there is none."""
    found = known(tx, scope, kind, shape)
    if found is None:
        raise UsageError(f"there are no proposed {kind} for {scope}", hint=f"run: convener {kind} propose {scope}")
    return found


def known(tx: Transaction, scope: str, kind: Kind, shape: type[ProposalT]) -> ProposalT | None:
    """Return the last proposal of *kind*, None when there is none."""
    payload = tx.proposal(scope, kind)
    return None if payload is None else TypeAdapter(shape).validate_python(payload)


def impossible(conflict: Conflict, ruleset: Ruleset) -> InvalidError:
    """Turn a conflict into the message a person gets: the rules, the people, and ways out, the cheapest first.

    Its place is where the first of the rules is written, the file of the programme when no rule is to blame.
    """
    rule = next((ruleset.rules[name] for name in conflict.rules if name in ruleset.rules), None)
    ways = [relaxation.words for relaxation in conflict.relaxations[:SHOWN]]
    more = len(conflict.relaxations) - len(ways)
    problem = Problem(
        code="conflict",
        message=conflict.explanation or f"these rules cannot all hold: {', '.join(conflict.rules)}",
        place=rule.place if rule else Place(ruleset.files[-1] if ruleset.files else ruleset.scope),
        hint="; or ".join(ways) + (f"; or {more} other way{'s' * (more > 1)}" if more > 0 else ""),
    )
    return InvalidError((problem,))
