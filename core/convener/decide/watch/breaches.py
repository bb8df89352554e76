"""What every rule comes to for every subject on a day, in one place for flags, changes and explanations."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

from convener.decide.findings import Finding, Ground, ground_of
from convener.decide.findings.calendar import AWAY, OVERLAP, calendar
from convener.decide.findings.finding import named
from convener.decide.findings.oversight import attendance, quorums, registers
from convener.decide.findings.seating import seating
from convener.decide.prepared import Prepared
from convener.decide.watch.requirements import requirements
from convener.model import Commitment, Register
from convener.rulesets.ruleset import Rule

Measure = Callable[[Ground], Iterator[Finding]]

_SEATING = ("pod-size", "same", "mix", "similar", "apart", "together", "timezone-overlap", "coach-accredited")
_CALENDAR = ("session-gap", "session-window", "session-pattern", "blackout", "holidays", OVERLAP.kind, AWAY.kind)


def further(ground: Ground) -> Iterator[Finding]:
    """Yield what the rules of plugins' kinds find broken."""
    kinds = ground.prepared.extensions.kinds
    for rule in ground.ruleset.rules.values():
        kind = kinds.get(rule.kind)
        if kind is None or ground.only not in ("", rule.id):
            continue
        for subject, text in kind.breaches(rule.terms, ground.register, ground.day):
            names = named(subject, ground.address(subject))
            yield Finding(rule=rule, subject=subject, breached=True, text=text, names=names, day=ground.day)


MEASURES: Mapping[str, tuple[Measure, ...]] = {
    **dict.fromkeys(_SEATING, (seating,)),
    **dict.fromkeys(_CALENDAR, (calendar,)),
    "coach-load": (seating, calendar),
    "quorum": (quorums,),
    "attendance-floor": (attendance,),
    "register-deadline": (registers,),
    "require": (requirements,),
}
"""What measures each kind; those of plugins come from `further`, and no other kind has subjects to break it for."""
STANDING: tuple[Measure, ...] = (attendance, registers, quorums, seating, calendar, requirements, further)
"""What a live programme is watched by."""
ALTERABLE: tuple[Measure, ...] = (seating, calendar, quorums, requirements, further)
"""What a change of the register can break; time alone breaks the others."""


def breaches(
    prepared: Prepared, register: Register, rule: Rule, at: datetime, *, commitments: Sequence[Commitment] = ()
) -> Iterator[Finding]:
    """Yield where *rule* is broken at *at*, an aware instant, or may be for all that is known, waivers aside."""
    ground = ground_of(prepared, register, at, commitments=commitments)
    yield from (found for found in measured(ground, rule) if found.is_open)


def measured(ground: Ground, rule: Rule) -> Iterator[Finding]:
    """Yield what *rule* comes to for each of its subjects, kept or broken."""
    measures = MEASURES.get(rule.kind, (further,))
    return (found for measure in measures for found in measure(ground.of(rule.id)) if found.rule.id == rule.id)


def is_measurable(prepared: Prepared, rule: Rule) -> bool:
    """Tell whether *rule* is of a kind that subjects keep or break."""
    return rule.kind in MEASURES or rule.kind in prepared.extensions.kinds
