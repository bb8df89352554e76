"""Every clause with its value and facts, and which of them stood in the way."""

import re
from collections.abc import Iterable, Sequence

from convener.decide.explanation.answers import ClauseShown, FactShown
from convener.decide.explanation.sources import source_of
from convener.decide.facts import Scene, gather
from convener.expressions import Compiled

_COMPARED = re.compile(r"^(?P<fact>[a-z_.]+) (?P<sign><=|>=|<|>|==|!=) (?P<wanted>\S.*)$")
_CONNECTED = re.compile(r"&&|\|\||\?")


def clauses_shown(clauses: Iterable[Compiled], scene: Scene) -> tuple[ClauseShown, ...]:
    """Evaluate every one of *clauses* in *scene*; nothing is short-circuited."""
    return tuple(_shown(clause, scene) for clause in clauses)


def _shown(clause: Compiled, scene: Scene) -> ClauseShown:
    verdict = clause.evaluate(gather(clause.names, scene))
    facts = tuple(
        FactShown(name=name, value=value, source=source_of(name, scene)) for name, value in verdict.facts.items()
    )
    return ClauseShown(source=clause.source, value=verdict.value, facts=facts, place=clause.place)


def in_the_way(clauses: Sequence[ClauseShown]) -> list[ClauseShown]:
    """Return the clauses that are not true: the false ones first, then those not known."""
    return sorted((clause for clause in clauses if clause.value is not True), key=lambda clause: clause.value is None)


def missing_facts(clauses: Iterable[ClauseShown]) -> list[str]:
    """Return the names of the facts that are not known and that a clause hangs on."""
    unknown = {fact.name for clause in clauses if clause.value is None for fact in clause.facts if fact.value is None}
    return sorted(unknown)


def nearest_miss(clauses: Sequence[ClauseShown]) -> str:
    """Say what stood in the way, and what each of it wanted."""
    return "; ".join(_miss(clause) for clause in in_the_way(clauses))


def _miss(clause: ClauseShown) -> str:
    grounds = "; ".join(_ground(clause, fact) for fact in clause.facts)
    state = "false" if clause.value is False else "not known"
    return f"`{clause.source}`, which is {state}{f': {grounds}' if grounds else ''}"


def _ground(clause: ClauseShown, fact: FactShown) -> str:
    found = _COMPARED.match(clause.source)
    if fact.value is None:
        return f"{fact.name} is not known ({fact.source})"
    if found and found["fact"] == fact.name and not _CONNECTED.search(clause.source):
        return f"{fact.name} needs {found['sign']} {found['wanted']}, was {worded(fact.value)} ({fact.source})"
    return f"{fact.name} is {worded(fact.value)} ({fact.source})"


def worded(value: object) -> str:
    """Return the value of a fact as it is written in a clause."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "unknown" if value is None else repr(value) if isinstance(value, str) else str(value)
