"""`explain`: why something did or did not go out, what a rule comes to, where a setting was written (P16)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import partial

from convener.decide import Prepared, forecast
from convener.decide.explanation import Explanation, Impact, LedgerView, RuleExplanation
from convener.decide.explanation import explain_automation as explained_automation
from convener.decide.explanation import explain_dispatch as explained_dispatch
from convener.decide.explanation import explain_rule as explained_rule
from convener.decide.explanation import impact as explained_impact
from convener.decide.rulings import Decision
from convener.errors import Problem, UsageError
from convener.model import Dispatch, LedgerRow, Person, Register
from convener.operations.origins import Origin, documents_of, is_of_config, layers, origin_in_config, origin_in_rules
from convener.operations.people import find_person
from convener.operations.workspace import Scope, Workspace, local_day
from convener.rulesets.ruleset import Ruleset
from convener.store import Transaction

HORIZON = timedelta(days=400)
"""How far ahead a dispatch that is not in the ledger is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An explanation, and what is needed to show it."""

    scope: str
    zone: str
    """Zone of the programme."""
    people: Mapping[str, Person] = field(repr=False)
    explanation: Explanation
    dispatch: Dispatch | None = None
    """The dispatch asked about, of the ledger or of the forecast."""
    row: LedgerRow | None = None
    """Its row of the ledger; None when it is not there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleAnswer:
    """What a rule says and comes to, and what is needed to show it."""

    scope: str
    people: Mapping[str, Person] = field(repr=False)
    explanation: RuleExplanation


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactAnswer:
    """What a rule would have done, and what is needed to show it."""

    scope: str
    people: Mapping[str, Person] = field(repr=False)
    impact: Impact


def automation(workspace: Workspace, automation_id: str, who: str, *, scope: str = "") -> Answer:
    """Explain what an automation does for *who*, an address or id, at its occurrence nearest to now.

    *scope* may be left out when one programme alone has the automation and knows *who*. Raise UsageError otherwise.
    """
    where = _one_scope(workspace, scope, partial(_has, workspace, automation_id, who))
    prepared = _prepared(workspace, where)
    now = workspace.clock.now()
    with workspace.store.begin() as tx:
        register = _load(tx, prepared)
        whom = _whom(prepared.ruleset, register, who)
        broken = _isolated(workspace, prepared.ruleset, automation_id)
        if broken:
            made = _invalid(automation_id, whom, broken)
        else:
            ledger = _ledger(tx, prepared, register, whom, now)
            made = explained_automation(prepared, register, automation_id, whom, now, ledger)
    return Answer(scope=where, zone=prepared.ruleset.zone, people=register.people, explanation=made)


def dispatch(workspace: Workspace, key: str) -> Answer:
    """Explain the dispatch of *key*, of the ledger or of the coming year; raise UsageError when there is none."""
    scope = "/".join(key.split("/")[:2])
    prepared = _prepared(workspace, Scope.parse(scope).of_programme)
    now = workspace.clock.now()
    with workspace.store.begin() as tx:
        register = _load(tx, prepared)
        row = tx.row(key)
        found = row.dispatch if row else _ahead(prepared, register, key, now)
        ledger = _ledger(tx, prepared, register, found.recipient, now)
    made = explained_dispatch(prepared, register, found, now, ledger)
    zone = prepared.ruleset.zone
    return Answer(scope=scope, zone=zone, people=register.people, explanation=made, dispatch=found, row=row)


def rule(workspace: Workspace, rule_id: str, *, subject: str = "", scope: str = "") -> RuleAnswer:
    """Explain a rule, and what it comes to for *subject*: an address, a person, a pod or a session."""
    where = _one_scope(workspace, scope, lambda prepared, _: rule_id in prepared.ruleset.rules)
    prepared = _prepared(workspace, where)
    ruleset, now = prepared.ruleset, workspace.clock.now()
    with workspace.store.begin() as tx:
        register = _load(tx, prepared)
        commitments = tx.commitments(where, local_day(now, ruleset))
    about = _subject(register, subject) if subject else ""
    made = explained_rule(prepared, register, rule_id, now, subject=about, commitments=commitments)
    documents = documents_of(workspace, ruleset)
    keys = tuple(
        replace(key, below=tuple(layers(documents, ruleset.programme, f"rules.{rule_id}.{key.name}")[:-1]))
        for key in made.keys
    )
    return RuleAnswer(scope=where, people=register.people, explanation=replace(made, keys=keys))


def impact(workspace: Workspace, rule_id: str, since: date, *, scope: str = "") -> ImpactAnswer:
    """Return what a rule would have blocked from *since* to today, had it been inflexible and in force."""
    where = _one_scope(workspace, scope, lambda prepared, _: rule_id in prepared.ruleset.rules)
    prepared = _prepared(workspace, where)
    with workspace.store.begin() as tx:
        register = _load(tx, prepared)
    today = local_day(workspace.clock.now(), prepared.ruleset)
    found = explained_impact(prepared, register, rule_id, since, today)
    return ImpactAnswer(scope=where, people=register.people, impact=found)


def setting(workspace: Workspace, name: str, *, scope: str = "") -> Origin:
    """Return the value of a setting and every place that says it: of the rules, or of the configuration."""
    if is_of_config(name):
        return origin_in_config(workspace, name)
    where = _one_scope(workspace, scope, lambda _prepared, _register: True)
    return origin_in_rules(workspace, _prepared(workspace, where).ruleset, name)


# -- which programme ----------------------------------------------------------------------------------------------


def _one_scope(workspace: Workspace, scope: str, fits: Callable[[Prepared, Register], bool]) -> str:
    """Return *scope*, or the one programme within it, or within all, that *fits*; raise UsageError for several."""
    named = Scope.parse(scope) if scope else None
    if named is not None and named.programme:
        return named.of_programme
    known = list(_programmes(workspace, named.client if named else ""))
    with workspace.store.begin() as tx:
        found = [each for each in known if len(known) == 1 or fits(each, _load(tx, each))]
    scopes = [prepared.ruleset.scope for prepared in found or known]
    if len(scopes) == 1:
        return scopes[0]
    raise UsageError(
        "several programmes could be meant" if scopes else "there is no programme yet",
        hint=f"name one: {', '.join(f'--scope {each}' for each in scopes)}" if scopes else "see: convener check",
    )


def _prepared(workspace: Workspace, scope: str) -> Prepared:
    """Return the rules of *scope* as a daemon has them: without an automation that cannot be used, but in force."""
    client, _, programme = scope.partition("/")
    known = workspace.rules.load(client).prepared if client in workspace.rules.clients() else {}
    return known.get(programme) or workspace.rules.prepared(scope)


def _programmes(workspace: Workspace, client: str) -> Iterator[Prepared]:
    """Yield the programmes of *client*, or of all, whose rules can be used."""
    for known in workspace.rules.clients():
        if client in ("", known):
            yield from workspace.rules.load(known).prepared.values()


def _has(workspace: Workspace, automation_id: str, who: str, prepared: Prepared, register: Register) -> bool:
    known = automation_id in prepared.ruleset.automations or bool(_isolated(workspace, prepared.ruleset, automation_id))
    try:
        return known and bool(_whom(prepared.ruleset, register, who))
    except UsageError:
        return False


def _isolated(workspace: Workspace, ruleset: Ruleset, automation_id: str) -> tuple[Problem, ...]:
    """Return why an automation was left out of the rules in force; nothing when it was not."""
    return workspace.rules.load(ruleset.client).isolated.get(automation_id, ())


def _invalid(automation_id: str, who: str, problems: tuple[Problem, ...]) -> Explanation:
    return Explanation(
        decision=Decision.INVALID,
        sentence=f"{automation_id} cannot be used as it is written, and is left out: {problems[0]}",
        automation=automation_id,
        person=who,
        nearest_miss="; ".join(str(problem) for problem in problems),
        place=problems[0].place,
    )


# -- who and what -------------------------------------------------------------------------------------------------


def _load(tx: Transaction, prepared: Prepared) -> Register:
    return tx.load(prepared.ruleset.client, prepared.ruleset.programme)


def _whom(ruleset: Ruleset, register: Register, who: str) -> str:
    """Return the id of the person, pod or session, or the address of the sponsor, that *who* names."""
    tail = who.removeprefix(f"{register.client}/")
    sponsors = [sponsor.email for sponsor in ruleset.sponsors if sponsor.email.casefold() == who.casefold()]
    if sponsors:
        return sponsors[0]
    if tail in register.pods or tail in register.sessions or tail == register.programme:
        return tail
    return find_person(register, who).id


def _subject(register: Register, subject: str) -> str:
    """Return the id by which findings know *subject*."""
    found = register.by_email(subject)
    return found.id if found else subject.removeprefix(f"{register.client}/")


def _ledger(tx: Transaction, prepared: Prepared, register: Register, whom: str, now: datetime) -> LedgerView:
    """Return what the ledger says of *whom* and of whoever gets what is about them."""
    ruleset = prepared.ruleset
    people = {whom, *(row.manager for row in register.managements if row.person == whom)}
    known = {
        row.dispatch.key: row.state
        for person in sorted(people)
        for row in tx.ledger(client=ruleset.client, programme=ruleset.programme, person=person)
    }
    return LedgerView(known=known, traffic=tx.traffic(ruleset.scope, register, now, ruleset.zone))


def _ahead(prepared: Prepared, register: Register, key: str, now: datetime) -> Dispatch:
    """Return the dispatch of *key* that is still to come; raise UsageError when none is."""
    plan = forecast(prepared, register, register.cursor or now, now + HORIZON)
    found = next((each for each in plan.dispatches if each.key == key), None)
    if found is None:
        raise UsageError(
            f"there is no dispatch {key!r}, and none to come within {HORIZON.days} days",
            hint=f"see: convener ledger list {prepared.ruleset.scope}, or convener plan {prepared.ruleset.scope}",
        )
    return found
