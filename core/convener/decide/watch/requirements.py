"""`require` rules: any condition that holds for each subject, or else."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from convener.decide.facts import Scene, gather
from convener.decide.findings import Finding, Ground, ground_of
from convener.decide.findings.finding import named
from convener.decide.index import Index
from convener.decide.moments.moment import Moment
from convener.decide.prepared import Prepared, PreparedRequire
from convener.decide.rulings import ruling
from convener.expressions import Compiled
from convener.model import Register, on


def unmet(prepared: Prepared, register: Register, now: datetime) -> tuple[Finding, ...]:
    """Return where an inflexible `require` rule does not hold at *now*, or may not for all that is known."""
    return tuple(
        found
        for found in requirements(ground_of(prepared, register, now))
        if ruling(prepared.ruleset, found.rule, found.breached, found.names, found.day).forbids
    )


def requirements(ground: Ground) -> Iterator[Finding]:
    """Yield what every `require` rule comes to for each of its subjects to which it applies."""
    for required in ground.prepared.requires:
        if ground.only not in ("", required.rule.id):
            continue
        for subject, scene in subjects(ground.index, required.each, ground.instant):
            found = _required(ground, required, subject, scene)
            if found is not None:
                yield found


def _required(ground: Ground, required: PreparedRequire, subject: str, scene: Scene) -> Finding | None:
    facts = gather(names_of(required), scene)
    applies = _all(required.when, facts)
    if applies is False:
        return None
    holds = _all(required.require, facts)
    breached = None if holds is None or (holds is False and applies is None) else not holds
    sources = " and ".join(clause.source for clause in required.require)
    shown = ground.name(scene.person) if scene.person else subject
    return Finding(
        rule=required.rule,
        subject=subject,
        breached=breached,
        text=f"{shown}: {sources} holds" if breached is False else f"{shown}: {required.rule.why or sources}",
        missing=_missing((*required.when, *required.require), facts) if breached is None else (),
        names=_names(ground, subject, scene),
        day=ground.day,
        ends=scene.moment.session.starts if scene.moment.session else None,
    )


def names_of(required: PreparedRequire) -> frozenset[str]:
    """Return the facts that the conditions of *required* speak of."""
    return frozenset().union(*(clause.names for clause in (*required.when, *required.require)))


def _names(ground: Ground, subject: str, scene: Scene) -> frozenset[str]:
    session = scene.moment.session
    address = ground.address(scene.person) if scene.person else None
    return named(subject, address, session.pod if session else None)


def _all(clauses: Sequence[Compiled], facts: Mapping[str, object]) -> bool | None:
    """Return whether all *clauses* hold; None when that hangs on what is not known."""
    values = [clause.test(facts) for clause in clauses]
    if False in values:
        return False
    return None if None in values else True


def _missing(clauses: Iterable[Compiled], facts: Mapping[str, object]) -> tuple[str, ...]:
    unknown = {name for clause in clauses if clause.test(facts) is None for name in clause.names}
    return tuple(sorted(name for name in unknown if facts.get(name) is None))


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
