"""A ruleset with every moment, condition and step understood, ready to be decided over."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from convener.decide.lateness import Late, parse_late
from convener.decide.timing import Holidays
from convener.decide.triggers import FIELDS, UNRAISED, Relative, Rhythm, Trigger, TriggerError, parse_trigger
from convener.documents import nearest
from convener.errors import InvalidError, Place, Problem
from convener.expressions import Compiled, compile_clause
from convener.model import EVENT_NAMES, Verb
from convener.rulesets.automations import CHANNELS
from convener.rulesets.calendars import holiday_dates
from convener.rulesets.kinds import AttendanceStatus, QuietHours, Require, StatusMeaning
from convener.rulesets.ruleset import Automation, Clause, Rule, Ruleset, Step

USUAL_STATUSES = {
    "attended": StatusMeaning(counts=True, present=True),
    "apologies": StatusMeaning(counts=True, present=False),
    "missed": StatusMeaning(counts=True, present=False),
    "not-applicable": StatusMeaning(counts=False, present=False),
}
"""What statuses mean to a client without an `attendance-status` rule."""
YEARS = 5
"""Years from the programme's first whose holidays are known."""
TO_PEOPLE = frozenset({Verb.SEND, Verb.POLL, Verb.INVITE})
NOT_PEOPLE = frozenset({"pod", "session", "programme"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """Everything `decide` needs to know of the rules."""

    ruleset: Ruleset
    automations: "tuple[PreparedAutomation, ...]"
    requires: "tuple[PreparedRequire, ...]"
    statuses: Mapping[str, StatusMeaning]
    quiet: tuple[tuple[Rule, QuietHours], ...]
    holidays: Holidays = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedAutomation:
    """An automation whose moment and clauses have been read."""

    automation: Automation
    trigger: Trigger
    clauses: tuple[Compiled, ...]
    late: Late
    names: frozenset[str]
    """Facts its clauses speak of."""

    @property
    def ranges_over_polls(self) -> bool:
        """Whether it is for each open poll of a person."""
        anchored = isinstance(self.trigger, Relative) and self.trigger.anchor.startswith("poll.")
        return anchored or bool(self.poll_names)

    @property
    def poll_names(self) -> tuple[str, ...]:
        """Facts of a poll that its clauses speak of."""
        return tuple(name for name in self.names if name.startswith("poll."))

    @property
    def awaits_registers(self) -> bool:
        """Whether a register that comes in late can still settle its clauses."""
        return any(name.startswith("attendance.") for name in self.names)

    @property
    def is_standing(self) -> bool:
        """Whether it keeps invites in step with the register, whatever its moment."""
        return any(step.verb is Verb.INVITE for step in self.automation.steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedRequire:
    """A `require` rule whose conditions have been read."""

    rule: Rule
    each: str
    when: tuple[Compiled, ...]
    require: tuple[Compiled, ...]


def prepare(ruleset: Ruleset) -> Prepared:
    """Read every moment, condition and step of *ruleset*; raise InvalidError with all that is wrong."""
    problems: list[Problem] = []
    automations = tuple(
        made for automation in ruleset.automations.values() if (made := _automation(ruleset, automation, problems))
    )
    requires = prepare_requires(ruleset, problems)
    if problems:
        raise InvalidError(tuple(sorted(problems, key=lambda problem: (problem.place, problem.code, problem.message))))
    return Prepared(
        ruleset=ruleset,
        automations=automations,
        requires=requires,
        statuses=statuses_of(ruleset),
        quiet=tuple(ruleset.rules_of(QuietHours)),
        holidays=holidays_of(ruleset),
    )


def prepare_requires(ruleset: Ruleset, problems: list[Problem]) -> tuple[PreparedRequire, ...]:
    """Read the conditions of every `require` rule; append what is wrong to *problems*."""
    return tuple(_require(rule, terms, problems) for rule, terms in ruleset.rules_of(Require))


def statuses_of(ruleset: Ruleset) -> Mapping[str, StatusMeaning]:
    """Return what attendance statuses mean to this client."""
    found = {word: m for _, terms in ruleset.rules_of(AttendanceStatus) for word, m in terms.statuses.items()}
    return found or USUAL_STATUSES


def holidays_of(ruleset: Ruleset) -> Holidays:
    """Return the client's public holidays around the programme."""
    year = ruleset.starts.year
    return frozenset(holiday_dates(ruleset.holidays, year - 1, year + YEARS)) if ruleset.holidays else frozenset()


def _automation(ruleset: Ruleset, automation: Automation, problems: list[Problem]) -> PreparedAutomation | None:
    found = len(problems)
    trigger: Trigger = Rhythm()
    late = Late()
    try:
        trigger = parse_trigger(automation.on)
    except TriggerError as error:
        problems.append(_problem("bad-moment", automation, "on", error))
    problems.extend(_unraised(automation, trigger))
    try:
        late = parse_late(automation.late)
    except TriggerError as error:
        problems.append(_problem("bad-late", automation, "late", error))
    clauses = tuple(_clauses(automation.when, problems))
    problems.extend(problem for step in automation.steps for problem in _step_problems(ruleset, automation, step))
    if len(problems) > found:
        return None
    names = frozenset().union(*(clause.names for clause in clauses))
    return PreparedAutomation(automation=automation, trigger=trigger, clauses=clauses, late=late, names=names)


def _unraised(automation: Automation, trigger: Trigger) -> Iterator[Problem]:
    if not isinstance(trigger, Relative) or not trigger.is_unraised:
        return
    known = sorted(EVENT_NAMES - UNRAISED)
    text = f"automation '{automation.id}' waits for '{trigger.anchor}', which nothing raises yet"
    hint = f"'1 hour after {trigger.anchor}'" if trigger.anchor in FIELDS else f"allowed: {', '.join(known)}"
    place = _of(automation.places, "on", automation.place)
    yield Problem(code="never-raised", message=text, place=place, hint=hint)


def _clauses(clauses: Iterable[Clause], problems: list[Problem]) -> Iterator[Compiled]:
    for clause in clauses:
        try:
            yield compile_clause(clause.source, clause.place)
        except InvalidError as error:
            problems.extend(error.problems)


def _require(rule: Rule, terms: Require, problems: list[Problem]) -> PreparedRequire:
    sources = (terms.require,) if isinstance(terms.require, str) else terms.require
    when = [Clause(source=source, place=_of(rule.places, "when", rule.place)) for source in terms.when]
    require = [Clause(source=source, place=_of(rule.places, "require", rule.place)) for source in sources]
    return PreparedRequire(
        rule=rule,
        each=terms.each,
        when=tuple(_clauses(when, problems)),
        require=tuple(_clauses(require, problems)),
    )


def _of(places: Mapping[str, Place], key: str, otherwise: Place) -> Place:
    return places.get(key, otherwise)


def _step_problems(ruleset: Ruleset, automation: Automation, step: Step) -> Iterator[Problem]:
    place = _of(automation.places, "do", automation.place)
    for channel in step.via:
        if channel not in CHANNELS:
            text = f"automation '{automation.id}' goes via '{channel}', which is not a channel"
            yield Problem(code="unknown-channel", message=text, place=place, hint=nearest(channel, CHANNELS))
    if step.verb is Verb.POLL and step.what not in ruleset.polls:
        text = f"automation '{automation.id}' asks poll '{step.what}', which is not there"
        yield Problem(code="unknown-poll", message=text, place=place, hint=nearest(step.what, ruleset.polls))
    if step.verb in TO_PEOPLE and automation.for_each in NOT_PEOPLE:
        text = f"automation '{automation.id}' writes to a {automation.for_each}, not to people"
        hint = "for_each = participant, manager, coach, sponsor, member or everyone"
        yield Problem(code="no-recipient", message=text, place=place, hint=hint)


def _problem(code: str, automation: Automation, key: str, error: TriggerError) -> Problem:
    place = _of(automation.places, key, automation.place)
    return Problem(code=code, message=f"automation '{automation.id}': {error}", place=place, hint=error.hint)
