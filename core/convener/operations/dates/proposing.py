"""`dates propose` and `dates show`: plan dates and keep the plan until somebody accepts it (R10, R11)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from convener.errors import UsageError
from convener.model import Answer, Availability, Commitment, Conflict, DateProposal, PollRequest, Register
from convener.operations import proposals
from convener.operations.workspace import Scope, Workspace, local_day, moment
from convener.planning import (
    ProgrammeDates,
    availability_from_pattern,
    propose_dates,
    propose_dates_together,
    read_availability,
)
from convener.planning.effort import Effort
from convener.ports import Table
from convener.rulesets.ruleset import Ruleset
from convener.store import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where it is known from who can come when: a file, a pattern, or without either the polls connector."""

    answers: Path | None = None
    pattern: str | None = None
    """Words such as `third tuesday of the month, 14:00`, empty for any hour of the session window; everybody can."""


NAMED = 5
"""How many people a notice names."""
POLL = Source()
"""The answers that the polls connector brings in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What dates of a programme are planned from."""

    ruleset: Ruleset
    register: Register
    availability: Availability
    notices: tuple[str, ...]
    """What is odd about the answers."""
    at: datetime
    """The moment of planning; no session is planned before."""
    commitments: Sequence[Commitment]


def propose(
    workspace: Workspace,
    scope: str,
    source: Source = POLL,
    *,
    replan: bool = False,
    effort: Effort | None = None,
) -> tuple[DateProposal, tuple[str, ...]]:
    """Plan all dates of *scope* from the answers to its dates poll; return the proposal and notices on the answers.

    With *replan* confirmed dates may move, as few as can be. Until the search has ended the last proposal stays,
    whatever becomes of this one.
    """
    asked = ask(workspace, scope, source)
    ruleset = asked.ruleset
    found = propose_dates(
        ruleset, asked.register, asked.availability, earliest=asked.at, commitments=asked.commitments,
        replan=replan, effort=effort,
    )  # fmt: skip
    if isinstance(found, Conflict):
        raise proposals.impossible(found, ruleset, asked.notices)
    _keep(workspace, [(asked, found)])
    return found, asked.notices


def propose_together(
    workspace: Workspace,
    scopes: Sequence[str],
    source: Source = POLL,
    *,
    replan: bool = False,
    effort: Effort | None = None,
) -> list[tuple[DateProposal, tuple[str, ...]]]:
    """Plan all dates of several programmes at once, as `propose` does for one; they may share coaches and people.

    Either all of them get a new proposal or none. Raises UsageError for fewer than two, and for several clients.
    """
    if len(set(scopes)) != len(scopes) or len(scopes) < 2:  # noqa: PLR2004 - one alone is `propose`
        raise UsageError("name two or more different programmes", hint="for one: convener dates propose SCOPE")
    if len({Scope.parse(scope).client for scope in scopes}) > 1:
        raise UsageError("programmes planned together belong to one client", hint="plan each client's by themselves")
    asked = [ask(workspace, scope, source, *scopes) for scope in scopes]
    programmes = [
        ProgrammeDates(
            ruleset=each.ruleset,
            register=each.register,
            availability=each.availability,
            commitments=each.commitments,
        )
        for each in asked
    ]
    found = propose_dates_together(programmes, earliest=max(each.at for each in asked), replan=replan, effort=effort)
    if isinstance(found, Conflict):
        raise proposals.impossible(found, asked[0].ruleset, [notice for each in asked for notice in each.notices])
    _keep(workspace, list(zip(asked, found, strict=True)))
    return [(proposal, each.notices) for each, proposal in zip(asked, found, strict=True)]


def _keep(workspace: Workspace, found: Sequence[tuple[Asked, DateProposal]]) -> None:
    """Keep all proposals in one transaction, and mark the polls whose answers they are made from."""
    with workspace.store.begin() as tx:
        for asked, proposal in found:
            ruleset = asked.ruleset
            proposals.keep(tx, ruleset.scope, "dates", proposal, at=asked.at)
            before = tx.load(ruleset.client, ruleset.programme)
            tx.save(before, answered(before, ruleset, asked.availability, at=asked.at), ())


def show(workspace: Workspace, scope: str) -> tuple[DateProposal, Register]:
    """Return the last proposal and the register that names its people."""
    ruleset = workspace.rules.ruleset(Scope.parse(scope).of_programme)
    with workspace.store.begin() as tx:
        register = with_pods(tx, ruleset)
        return proposals.last(tx, ruleset.scope, "dates", DateProposal), register


def previous(workspace: Workspace, scope: str) -> DateProposal | None:
    """Return the last proposal, None when there is none."""
    ruleset = workspace.rules.ruleset(Scope.parse(scope).of_programme)
    with workspace.store.begin() as tx:
        return proposals.known(tx, ruleset.scope, "dates", DateProposal)


def ask(workspace: Workspace, scope: str, source: Source = POLL, *beside: str) -> Asked:
    """Gather what dates are planned from; raise UsageError while there are no pods or no answers, or for both sources.

    What coaches do in the programmes *beside* is left out: they are planned with it.
    """
    if source.answers is not None and source.pattern is not None:
        raise UsageError("dates follow answers or a pattern, not both", hint="leave out --answers or --pattern")
    ruleset = workspace.rules.ruleset(Scope.parse(scope).of_programme)
    with workspace.store.begin() as tx:
        register = with_pods(tx, ruleset)
        at = moment(workspace.clock, register)
        commitments = tx.commitments(ruleset.scope, max(local_day(at, ruleset), ruleset.starts), *beside)
    if source.pattern is None:
        table = _answers(workspace, ruleset, source.answers)
        availability, notices = read_availability(table, register, ruleset)
        notices = (*notices, *_never(availability, register))
    else:
        availability, notices = availability_from_pattern(ruleset, register, source.pattern), ()
    return Asked(
        ruleset=ruleset, register=register, availability=availability, notices=notices, at=at, commitments=commitments
    )


def with_pods(tx: Transaction, ruleset: Ruleset) -> Register:
    """Return the register; raise UsageError while it has no pods."""
    register = tx.load(ruleset.client, ruleset.programme)
    if not register.pods:
        raise UsageError(
            f"{ruleset.scope} has no pods yet",
            hint=f"run: convener pods propose {ruleset.scope}, then: convener pods accept {ruleset.scope}",
        )
    return register


def answered(register: Register, ruleset: Ruleset, availability: Availability, *, at: datetime) -> Register:
    """Mark the open dates polls of everyone whose answers are in, so that nobody who answered is chased (P8)."""
    dates_polls = {poll.id for poll in ruleset.polls.values() if poll.kind == "dates"}

    def mark(request: PollRequest) -> PollRequest:
        known = request.poll in dates_polls and request.person in availability.answers
        return replace(request, answered=at) if known and request.answered is None else request

    return replace(register, polls={key: mark(request) for key, request in register.polls.items()})


def _never(availability: Availability, register: Register) -> Iterator[str]:
    """Tell who can come to none of the dates they were asked about."""
    given = availability.answers.items()
    names = sorted(register.people[person].name for person, answers in given if set(answers) == {Answer.NO})
    if names:
        more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
        yield f"{availability.source}: {', '.join(names[:NAMED])}{more} can come to none of these dates"


def _answers(workspace: Workspace, ruleset: Ruleset, path: Path | None) -> Table:
    if path is not None:
        return workspace.connectors.roster(ruleset.stack["roster"][0]).read_roster(str(path))
    table = workspace.dates_answers(ruleset)
    if table is None:
        raise UsageError(
            f"nobody has answered the dates poll of {ruleset.scope} yet", hint="name a file: --answers answers.csv"
        )
    return table
