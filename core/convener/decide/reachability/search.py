"""What of an automation, or of a `require` rule, can never come about."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from convener.decide.moments.lateness import Late, LatePolicy
from convener.decide.moments.triggers import Relative, Rhythm, Trigger
from convener.decide.reachability.clauses import can_hold, told
from convener.decide.reachability.domains import Withheld, World, withheld
from convener.errors import Place, Problem, Severity
from convener.expressions import Compiled
from convener.model import Unit, Verb
from convener.rulesets.automations import OWNER
from convener.rulesets.ruleset import Automation, Rule

_ORDER = {"session": ("session.starts", "session.ends", "session.held"), "poll": ("poll.opened", "poll.closes"),
          "programme": ("programme.starts", "programme.ends")}  # fmt: skip
"""Instants of one subject, in the order in which they come."""
_SHOWN = 80
"""Characters of a clause shown in a message."""
_DAYS = frozenset({Unit.DAY, Unit.WORKING_DAY, Unit.WEEK, Unit.MONTH})


def unreachable(
    automation: Automation, trigger: Trigger, clauses: Sequence[Compiled], late: Late, world: World
) -> tuple[Problem, ...]:
    """Return why *automation* can never do what it says: clauses never true, facts never known, always too late.

    Only what is certain is an error; what other programmes could make true is a warning.
    """
    names = frozenset().union(*(clause.names for clause in clauses))
    found = [
        *_dead_clauses(f"automation '{automation.id}'", clauses, world, withheld(trigger, automation.for_each, names)),
        *_always_late(automation, trigger, late),
        *_unwritable(automation),
    ]
    owner, own = f"{OWNER}{automation.id}", world.ruleset.files[-1:]
    return tuple(replace(each, owner=owner) for each in found if not _is_idle(each, own))


def _is_idle(problem: Problem, own: tuple[str, ...]) -> bool:
    """Tell whether only a short programme keeps a clause of a pack from being true: packs serve longer ones too."""
    return problem.severity is Severity.WARNING and problem.place.file not in own


def impossible(rule: Rule, when: Sequence[Compiled], require: Sequence[Compiled], world: World) -> tuple[Problem, ...]:
    """Return why the `require` *rule* never applies, or is always broken."""
    who = f"rule '{rule.id}'"
    return (*_dead_clauses(who, when, world, []), *_dead_clauses(who, require, world, []))


def _dead_clauses(
    who: str, clauses: Sequence[Compiled], world: World, lacking: Sequence[Withheld]
) -> Iterator[Problem]:
    fixed = {name: value for each in lacking for name, value in each.facts.items()}
    alone = [problem for clause in clauses for problem in _dead_clause(who, clause, world, (lacking, fixed))]
    yield from alone
    if alone or can_hold(clauses, world, fixed):
        return
    for one, other in combinations(clauses, 2):
        if not can_hold((one, other), world, fixed):
            text = f"{who}: {_quoted(one)} ({one.place}) and {_quoted(other)} are never true together"
            yield _never(text, other.place, "drop one of them", (one, other), (world, fixed))
            return
    text = f"{who}: its {len(clauses)} clauses are never true together"
    yield _never(text, clauses[-1].place, "drop one of them", clauses, (world, fixed))


def _dead_clause(
    who: str, clause: Compiled, world: World, lacks: tuple[Sequence[Withheld], Mapping[str, object]]
) -> Iterator[Problem]:
    lacking, fixed = lacks
    if can_hold((clause,), world, fixed):
        return
    if can_hold((clause,), replace(world, any_count=True), {}):
        for each in lacking:
            named = told(clause.names & each.facts.keys())
            if named and not can_hold((clause,), world, each.facts):
                text = f"{who}: {_quoted(clause)} is never true, since {each.why} and gives no {named}"
                yield Problem(code="never-known", message=text, place=clause.place, hint=_moments(named))
                return
        yield _never(f"{who}: {_quoted(clause)} is never true", clause.place, "", (clause,), (world, fixed))
    else:
        text = f"{who}: {_quoted(clause)} is never true, whatever happens"
        yield Problem(code="never-true", message=text, place=clause.place, hint="turn the comparison, or drop it")


def _never(
    text: str, place: Place, hint: str, clauses: Sequence[Compiled], setting: tuple[World, Mapping[str, object]]
) -> Problem:
    """Return the problem of *clauses* never true; a warning when a programme with more sessions could make them so."""
    world, fixed = setting
    count = world.ruleset.sessions.count
    if can_hold(clauses, replace(world, any_count=True), fixed):
        hint = f"this programme has {count} sessions"
        return Problem(code="never-true", message=text, place=place, hint=hint, severity=Severity.WARNING)
    return Problem(code="never-true", message=text, place=place, hint=hint)


def _moments(named: str) -> str:
    if named.startswith(("session.", "attendance.")):
        return "let `on` name a session, for example '1 day after session.held'"
    if named.startswith("poll."):
        return "let `on` be a rhythm, for example 'every working day at 09:30', or name poll.opened"
    return "choose an audience with people, or another fact"


def _quoted(clause: Compiled) -> str:
    source = " ".join(clause.source.split())
    return f"'{source if len(source) <= _SHOWN else source[:_SHOWN] + '…'}'"


# -- lateness and audience ----------------------------------------------------------------------------------------


def _always_late(automation: Automation, trigger: Trigger, late: Late) -> Iterator[Problem]:
    """Yield the problem of a use that ends before the moment comes."""
    if late.policy is not LatePolicy.UNTIL:
        return
    place = automation.places.get("late", automation.place)
    if isinstance(trigger, Rhythm):
        return
    if trigger.sign > 0 and _comes_later(trigger) and _ends_by(trigger.anchor, late.until):
        text = f"automation '{automation.id}' is due {automation.on}, when '{late.until}' is always over"
        yield Problem(code="always-late", message=text, place=place, hint="name a later field, or 'skip' or 'ask'")


def _comes_later(trigger: Relative) -> bool:
    """Tell whether the moment certainly lies after its anchor, and not earlier on the day of it."""
    if trigger.span is None:
        return trigger.anchor == "session.held" and trigger.at is None
    return trigger.span.count > 0 and (trigger.at is None or trigger.span.unit in _DAYS)


def _ends_by(anchor: str, until: str) -> bool:
    """Tell whether *until* is never after *anchor*."""
    if until == "programme.starts" and anchor.startswith("session."):
        return True
    known = _ORDER.get(anchor.partition(".")[0], ())
    return anchor in known and until in known and known.index(until) <= known.index(anchor)


def _unwritable(automation: Automation) -> Iterator[Problem]:
    """Yield the problem of texts to sponsors, of whom only addresses are known."""
    steps = [step for step in automation.steps if step.verb in {Verb.SEND, Verb.POLL}]
    if automation.for_each == "sponsor" and steps and all(set(step.via) == {"text"} for step in steps):
        text = f"automation '{automation.id}' writes to sponsors by text, of whom only addresses are known"
        place = automation.places.get("do", automation.place)
        yield Problem(code="no-recipient", message=text, place=place, hint='via = ["email"]')
