"""`require` rules: any condition that holds for each subject, or else."""

from collections.abc import Iterator
from datetime import datetime

from convener.decide.facts import Moment, Scene, gather
from convener.decide.index import Index
from convener.decide.prepared import Prepared, PreparedRequire
from convener.model import Register, on
from convener.rulesets.ruleset import Rule


def unmet(prepared: Prepared, register: Register, now: datetime) -> tuple[tuple[Rule, str], ...]:
    """Return each `require` rule that does not hold at *now*, with the id of the subject it does not hold for."""
    index = Index(register, prepared.ruleset, prepared.statuses)
    return tuple(
        (required.rule, subject)
        for required in prepared.requires
        for subject, scene in subjects(index, required.each, now)
        if fails(required, scene)
    )


def fails(required: PreparedRequire, scene: Scene) -> bool:
    """Tell whether *required* applies and does not hold; what is unknown does not hold."""
    names = frozenset().union(*(clause.names for clause in (*required.when, *required.require)))
    facts = gather(names, scene)
    applies = all(clause.test(facts) is not False for clause in required.when)
    return applies and not all(clause.test(facts) is True for clause in required.require)


def subjects(index: Index, each: str, now: datetime) -> Iterator[tuple[str, Scene]]:
    """Yield every subject of the word *each* at *now*: its id and its scene."""
    register, today = index.register, index.today(now)
    programme = Moment(subject=register.programme)
    if each == "participant":
        found = [
            (person, Scene(index=index, moment=programme, person=person, at=now)) for person in index.reachable(today)
        ]
    elif each == "pod":
        found = [(pod, Scene(index=index, moment=programme, pod=pod, at=now)) for pod in sorted(register.pods)]
    elif each == "session":
        moments = [Moment(subject=s.id, session=s) for s in register.sessions.values() if s.starts]
        found = [(moment.subject, Scene(index=index, moment=moment, at=now)) for moment in moments]
    elif each == "programme":
        found = [(register.programme, Scene(index=index, moment=programme, at=now))]
    else:
        people = {row.coach for row in on(register.coachings, today)}
        if each == "manager":
            people = {row.manager for row in on(register.managements, today)}
        found = [(person, Scene(index=index, moment=programme, person=person, at=now)) for person in sorted(people)]
    yield from found
