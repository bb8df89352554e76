"""Proposals: what planning found, kept until somebody accepts it."""

from datetime import datetime
from typing import Literal, TypeVar

from pydantic import TypeAdapter

from convener.errors import InvalidError, Place, Problem, UsageError
from convener.model import Conflict
from convener.store import Transaction

ProposalT = TypeVar("ProposalT")
Kind = Literal["pods", "dates"]


def keep(tx: Transaction, scope: str, kind: Kind, proposal: object, *, at: datetime) -> None:
    """Keep *proposal* as the last one of its kind for *scope*."""
    tx.put_proposal(scope, kind, TypeAdapter(type(proposal)).dump_python(proposal, mode="json"), at=at)


def last(tx: Transaction, scope: str, kind: Kind, shape: type[ProposalT]) -> ProposalT:
    """Return the last proposal of *kind*; raise UsageError when there is none."""
    payload = tx.proposal(scope, kind)
    if payload is None:
        raise UsageError(f"there are no proposed {kind} for {scope}", hint=f"run: convener {kind} propose {scope}")
    return TypeAdapter(shape).validate_python(payload)


def impossible(conflict: Conflict, file: str) -> InvalidError:
    """Turn a conflict into the message a person gets: the rules, the people, and the cheapest way out."""
    problem = Problem(
        code="conflict",
        message=conflict.explanation or f"these rules cannot all hold: {', '.join(conflict.rules)}",
        place=Place(file),
        hint="; or ".join(conflict.relaxations),
    )
    return InvalidError((problem,))
