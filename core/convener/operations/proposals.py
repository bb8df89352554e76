"""Proposals: what planning found, kept until somebody accepts it."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Literal, TypeVar

from pydantic import TypeAdapter

from convener.errors import InvalidError, Place, Problem, Severity, UsageError
from convener.model import Conflict
from convener.rulesets.ruleset import Rule, Ruleset
from convener.store import Transaction

ProposalT = TypeVar("ProposalT")
Kind = Literal["pods", "dates"]
SHOWN = 5
"""Ways out that a message names."""
NAMING = frozenset({"kind", "why", "reason"})
"""Keys of a rule that set nothing."""


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


def impossible(conflict: Conflict, ruleset: Ruleset, notices: Sequence[str] = ()) -> InvalidError:
    """Turn a conflict into the message a person gets: the rules, the people, and ways out, the cheapest first.

    Its place is where the topmost of the files that set these rules does so, that of the programme when no rule is to
    blame. *notices* on what was planned from follow as warnings, for they may be the cause.
    """
    known = [ruleset.rules[name] for name in conflict.rules if name in ruleset.rules]
    places = [_present(rule, ruleset.files) for rule in known]
    ways = [relaxation.words for relaxation in conflict.relaxations[:SHOWN]]
    more = len(conflict.relaxations) - len(ways)
    problem = Problem(
        code="conflict",
        message=conflict.explanation or f"these rules cannot all hold: {', '.join(conflict.rules)}",
        place=max(places, key=lambda place: _layer(place, ruleset.files)) if places else _without_rules(ruleset),
        hint="; or ".join(ways) + (f"; or {more} other way{'s' * (more > 1)}" if more > 0 else ""),
    )
    return InvalidError((problem, *_warnings(notices)))


def _warnings(notices: Sequence[str]) -> Iterator[Problem]:
    """Yield a problem for each of the first *notices*, written `file: …` or `file:line: …`."""
    for notice in notices[:SHOWN]:
        where, _, text = notice.partition(": ")
        file, _, line = where.rpartition(":")
        place = Place(file, int(line)) if file and line.isdecimal() else Place(where)
        yield Problem(code="answers", message=text, place=place, severity=Severity.WARNING)
    if len(notices) > SHOWN:
        more = f"and {len(notices) - SHOWN} more remarks on the answers"
        yield Problem(
            code="answers", message=more, place=Place(notices[-1].partition(":")[0]), severity=Severity.WARNING
        )


def _present(rule: Rule, files: Sequence[str]) -> Place:
    """Return where the terms that *rule* has now were set: in the topmost file that says anything of them."""
    said = {key: place for key, place in rule.places.items() if key not in NAMING}
    terms = type(rule.terms).model_fields
    return max(
        said.items(),
        key=lambda item: (_layer(item[1], files), item[0] in terms, -item[1].line),
        default=("", rule.place),
    )[1]


def _layer(place: Place, files: Sequence[str]) -> int:
    return files.index(place.file) if place.file in files else len(files)


def _without_rules(ruleset: Ruleset) -> Place:
    """Return where the programme begins."""
    keys = [place for key, place in ruleset.places.items() if key.startswith("programme.")]
    return min(keys, default=Place(ruleset.files[-1] if ruleset.files else ruleset.scope))
