"""A ruleset with every moment, condition and step understood, ready to be decided over."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from convener.decide.moments.lateness import Late, LatePolicy, parse_late
from convener.decide.moments.timing import Holidays, Life
from convener.decide.moments.triggers import FIELDS, UNRAISED, Relative, Rhythm, Trigger, TriggerError, parse_trigger
from convener.decide.reachability import World, impossible, unreachable
from convener.documents import nearest
from convener.errors import InvalidError, Place, Problem, Severity
from convener.expressions import CATALOGUE, Compiled, Fact, compile_clause, narrowed
from convener.model import EVENT_NAMES, Verb
from convener.ports import Extensions
from convener.rulesets.automations import CHANNELS, owned
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
    """The client's own, around the programme."""
    extensions: Extensions = field(default_factory=Extensions, repr=False)
    """What plugins add to the language."""
    warnings: tuple[Problem, ...] = field(default=(), repr=False)
    """What is odd about it and refuses nothing, sorted by place."""

    def closed(self, life: Life) -> Holidays:
        """Return the days on which somebody who lives so does not work, weekends aside: the client's and their own."""
        if not life.calendar:
            return self.holidays
        return _closed(self.ruleset.holidays, life.calendar, self.ruleset.starts.year)


@dataclass(frozen=True, kw_only=True)
class PreparedAutomation:
    """An automation whose moment and clauses have been read."""

    automation: Automation
    trigger: Trigger
    clauses: tuple[Compiled, ...]
    late: Late
    names: frozenset[str]
    """Facts its clauses speak of."""

    @cached_property
    def is_event(self) -> bool:
        """Whether it waits for something that happens."""
        return isinstance(self.trigger, Relative) and self.trigger.is_event

    @cached_property
    def lasts(self) -> bool:
        """Whether an occurrence goes on being of use, and is also for those who come to it meanwhile."""
        return self.lasts_until_field and isinstance(self.trigger, Relative)

    @cached_property
    def lasts_until_field(self) -> bool:
        """Whether a field of the register ends its use, so that no wait can prolong it."""
        return self.late.policy is LatePolicy.UNTIL

    @cached_property
    def ranges_over_polls(self) -> bool:
        """Whether it is for each open poll of a person."""
        anchored = isinstance(self.trigger, Relative) and self.trigger.anchor.startswith("poll.")
        return anchored or bool(self.poll_names)

    @cached_property
    def poll_names(self) -> tuple[str, ...]:
        """Facts of a poll that its clauses speak of."""
        return tuple(name for name in self.names if name.startswith("poll."))

    @cached_property
    def awaits_registers(self) -> bool:
        """Whether it follows a session and a register that comes in late can still settle its clauses."""
        if not isinstance(self.trigger, Relative) or not self.trigger.is_event:
            return False
        follows = self.trigger.anchor.startswith("session.")
        return follows and any(name.startswith("attendance.") for name in self.names)

    @cached_property
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


def prepare(ruleset: Ruleset, extensions: Extensions | None = None) -> Prepared:
    """Read every moment, condition and step of *ruleset*; raise InvalidError with all that is wrong.

    A problem of one automation says so in its `owner`; the others could do without it.

    Conditions may speak of the facts of *extensions* beside those of the catalogue.
    """
    added = extensions or Extensions()
    statuses = statuses_of(ruleset)
    catalogue = narrowed(catalogue_of(added), {"poll.id": ruleset.polls, "attendance.status": statuses})
    world = World(ruleset=ruleset, statuses=statuses, facts=catalogue)
    problems: list[Problem] = []
    automations = tuple(
        made for automation in ruleset.automations.values() if (made := _automation(world, automation, problems))
    )
    requires = prepare_requires(ruleset, problems, catalogue)
    problems += [problem for each in requires for problem in impossible(each.rule, each.when, each.require, world)]
    found = tuple(sorted(problems, key=lambda problem: (problem.place, problem.code, problem.message)))
    if any(problem.severity is Severity.ERROR for problem in found):
        raise InvalidError(found)
    return Prepared(
        ruleset=ruleset,
        automations=automations,
        requires=requires,
        statuses=statuses,
        quiet=tuple(ruleset.rules_of(QuietHours)),
        holidays=holidays_of(ruleset),
        extensions=added,
        warnings=found,
    )


def catalogue_of(extensions: Extensions) -> Mapping[str, Fact]:
    """Return every fact that conditions may speak of."""
    return {**CATALOGUE, **{name: made.fact for name, made in extensions.facts.items()}}


def prepare_requires(
    ruleset: Ruleset, problems: list[Problem], catalogue: Mapping[str, Fact] = CATALOGUE
) -> tuple[PreparedRequire, ...]:
    """Read the conditions of every `require` rule; append what is wrong to *problems*."""
    return tuple(_require(rule, terms, catalogue, problems) for rule, terms in ruleset.rules_of(Require))


def statuses_of(ruleset: Ruleset) -> Mapping[str, StatusMeaning]:
    """Return what attendance statuses mean to this client."""
    found = {word: m for _, terms in ruleset.rules_of(AttendanceStatus) for word, m in terms.statuses.items()}
    return found or USUAL_STATUSES


def holidays_of(ruleset: Ruleset) -> Holidays:
    """Return the client's public holidays around the programme."""
    return _closed(ruleset.holidays, "", ruleset.starts.year)


@lru_cache(maxsize=256)
def _closed(client: str, own: str, year: int) -> Holidays:
    """Return the holidays of two calendars; a person's calendar that nobody knows has none."""
    days = frozenset(holiday_dates(client, year - 1, year + YEARS))
    try:
        return days | frozenset(holiday_dates(own, year - 1, year + YEARS))
    except ValueError:  # it came with a roster: one odd cell must not stop the programme
        return days


def _automation(world: World, automation: Automation, problems: list[Problem]) -> PreparedAutomation | None:
    found: list[Problem] = []
    trigger: Trigger = Rhythm()
    late = Late()
    try:
        trigger = parse_trigger(automation.on)
    except TriggerError as error:
        found.append(_problem("bad-moment", automation, "on", error))
    found.extend(_unraised(automation, trigger))
    try:
        late = parse_late(automation.late)
    except TriggerError as error:
        found.append(_problem("bad-late", automation, "late", error))
    clauses = tuple(_clauses(automation.when, world.facts, found))
    found.extend(problem for step in automation.steps for problem in _step_problems(world.ruleset, automation, step))
    if not found:
        found.extend(unreachable(automation, trigger, clauses, late, world))
    problems.extend(owned(automation.id, problem) for problem in found)
    if any(problem.severity is Severity.ERROR for problem in found):
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


def _clauses(clauses: Iterable[Clause], catalogue: Mapping[str, Fact], problems: list[Problem]) -> Iterator[Compiled]:
    for clause in clauses:
        try:
            yield compile_clause(clause.source, clause.place, catalogue)
        except InvalidError as error:
            problems.extend(error.problems)


def _require(rule: Rule, terms: Require, catalogue: Mapping[str, Fact], problems: list[Problem]) -> PreparedRequire:
    sources = (terms.require,) if isinstance(terms.require, str) else terms.require
    when = [Clause(source=source, place=_clause_place(rule, "when", at)) for at, source in enumerate(terms.when)]
    require = [Clause(source=source, place=_clause_place(rule, "require", at)) for at, source in enumerate(sources)]
    return PreparedRequire(
        rule=rule,
        each=terms.each,
        when=tuple(_clauses(when, catalogue, problems)),
        require=tuple(_clauses(require, catalogue, problems)),
    )


def _clause_place(rule: Rule, key: str, at: int) -> Place:
    """Return where the quote of a clause opens, the only one of *key* or the one *at* a place in its list."""
    return rule.values.get(f"{key}.{at}") or rule.values.get(key, rule.place)


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
