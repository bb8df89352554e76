"""`simulate`: a stretch of a programme played ahead from the register as it is; nothing is written (N4)."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from fractions import Fraction
from functools import partial
from pathlib import Path

from convener.decide import Prepared
from convener.decide.changes.live import go_live
from convener.decide.moments.timing import local
from convener.decide.stage.happenings import GoLive
from convener.decide.stage.play import Beat, Past, Stage
from convener.decide.stage.tally import Tally
from convener.errors import UsageError
from convener.model import Person, ProgrammeState, Register
from convener.operations.behaviour import Behaviour
from convener.operations.simulate.digest import Simulation, days_of
from convener.operations.simulate.events import Ground, Recorded, read_events
from convener.operations.simulate.players import NOBODY, Players
from convener.operations.simulate.playing import Run
from convener.operations.simulate.turns import Turn, same
from convener.operations.workspace import Scope, Workspace, local_day
from convener.rulesets.calendars import holiday_dates
from convener.rulesets.ruleset import Ruleset

LONGEST = timedelta(days=3660)
"""Ten years: more than a programme lasts, and little enough to wait for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody wants to see rehearsed."""

    since: datetime
    """Where it begins, with the register as it is today."""
    until: datetime
    seed: int | None = 1
    """What people do is made up from it; None for nothing but what the events file says."""
    events: Path | None = None
    """A file with what is to happen."""
    drop_outs: Fraction = NOBODY
    """Which share of the participants withdraws."""
    secondments: Fraction = NOBODY
    """Which share is seconded for some weeks."""


def simulate(
    workspace: Workspace, scope: str, wish: Wish, tell: Callable[[datetime], None] = lambda _: None
) -> Simulation:
    """Play *scope* through as *wish* has it and return what would happen; *tell* hears how far it has come.

    Raise UsageError for a stretch that cannot be played, InvalidError for an events file with anything wrong, and
    RefusedError when the programme is a draft that may not go live.
    """
    prepared = workspace.rules.prepared(Scope.parse(scope).of_programme)
    before, past, wish = _loaded(workspace, prepared, wish)
    recorded = _recorded(workspace, prepared, before, wish)
    stage = Stage.of(prepared, before, wish.since, past)
    players = None if wish.seed is None else _players(prepared, wish, recorded)
    run = Run(stage=stage, players=players, until=wish.until, tell=tell)
    beats = run.play((*_opening(prepared, before, recorded, wish), *recorded.turns))
    return _simulation(stage, beats, wish)


def _loaded(workspace: Workspace, prepared: Prepared, wish: Wish) -> tuple[Register, Past, Wish]:
    """Return the register, what the programme has behind it, and the wish from where it can begin; change nothing."""
    ruleset = prepared.ruleset
    if wish.until <= wish.since:
        raise UsageError("a simulation ends after it begins", hint="give --to a later moment than --from")
    if wish.until - wish.since > LONGEST:
        days = f"{LONGEST.days:,} days"
        raise UsageError(f"a simulation takes in {days} at most", hint="give --to a moment nearer to --from")
    with workspace.store.begin(rehearsal=True) as tx:
        register = tx.load(ruleset.client, ruleset.programme)
        wish = _begun(wish, register, ruleset)
        rows = tx.ledger(client=ruleset.client, programme=ruleset.programme)
        known = tx.known(row.dispatch.key for row in rows)
        traffic = tx.traffic(ruleset.scope, register, wish.since, ruleset.zone)
        flags = tx.flags(ruleset.scope)
        commitments = tx.commitments(ruleset.scope, local_day(wish.since, ruleset))
    _refuse_impossible(register, wish)
    ledger = tuple(row for row in rows if row.dispatch.key in known)
    own = Tally(ruleset.zone)
    for row in ledger:
        own.add(row.dispatch, register)
    elsewhere = Counter(traffic.per_day) - own.per_day
    return register, Past(ledger=ledger, elsewhere=elsewhere, flags=flags, commitments=tuple(commitments)), wish


def _begun(wish: Wish, register: Register, ruleset: Ruleset) -> Wish:
    """Return *wish*; of a day that has been decided in part, only the rest is rehearsed."""
    cursor = register.cursor
    if cursor is None or cursor < wish.since or local_day(cursor, ruleset) != local_day(wish.since, ruleset):
        return wish
    return replace(wish, since=cursor)


def _refuse_impossible(register: Register, wish: Wish) -> None:
    if register.state is ProgrammeState.CLOSED:
        raise UsageError(f"{register.scope} is closed: nothing happens any more")
    if register.cursor is not None and wish.since < register.cursor:
        decided = f"{register.cursor:%Y-%m-%dT%H:%M}+00:00"
        raise UsageError(
            f"{register.scope} has been decided until {decided}: a simulation begins where that ends",
            hint=f"give --from {decided} or a later moment",
        )


def _recorded(workspace: Workspace, prepared: Prepared, register: Register, wish: Wish) -> Recorded:
    if wish.events is None:
        return Recorded()
    source = prepared.ruleset.stack["roster"][0]
    ground = Ground(
        prepared=prepared,
        register=register,
        since=wish.since,
        until=wish.until,
        read_register=lambda path: workspace.connectors.roster(source).read_roster(str(path.absolute())),
    )
    return read_events(wish.events, ground)


def _players(prepared: Prepared, wish: Wish, recorded: Recorded) -> Players:
    return Players(
        behaviour=Behaviour(wish.seed or 0, prepared.statuses),
        drop_outs=wish.drop_outs,
        secondments=wish.secondments,
        recorded=recorded.sessions,
        told=recorded.answers,
    )


def _opening(prepared: Prepared, register: Register, recorded: Recorded, wish: Wish) -> tuple[Turn, ...]:
    """Let a draft go live at the beginning, unless the events file says when; raise what `go` would raise."""
    if register.state is not ProgrammeState.DRAFT or recorded.goes_live:
        return ()
    go_live(prepared, register, wish.since)
    return (Turn(wish.since, partial(same, GoLive())),)


def _simulation(stage: Stage, beats: list[Beat], wish: Wish) -> Simulation:
    ruleset, register = stage.prepared.ruleset, stage.register
    first, last = local(wish.since, ruleset.zone).date(), local(wish.until, ruleset.zone).date()
    sponsors = {each.email: Person(id=each.email, name=each.name, email=each.email) for each in ruleset.sponsors}
    named = holiday_dates(ruleset.holidays, first.year, last.year)
    return Simulation(
        scope=ruleset.scope,
        title=ruleset.title,
        since=wish.since,
        until=wish.until,
        zone=ruleset.zone,
        seed=wish.seed,
        days=days_of(beats, register, ruleset.zone, (wish.since, wish.until)),
        people={**sponsors, **register.people},
        holidays={day: name for day, name in named.items() if first <= day <= last},
        standing=tuple(stage.flags.values()),
    )
