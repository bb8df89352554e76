"""`plan`: what would go out until a time, to whom and why, without writing anything (R30)."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from convener.decide import Prepared, forecast
from convener.decide.volume import guard
from convener.model import Dispatch, Plan, Register
from convener.model.dispatches import DISTURBING
from convener.model.traffic import Traffic
from convener.operations.tick import unknown
from convener.operations.workspace import Scope, Workspace, moment
from convener.store import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What a programme is about to do, and what that was concluded from."""

    scope: str
    made: datetime
    plan: Plan
    register: Register
    instance: str
    """Which database it was looked up in."""
    stamp: str
    """Of the client's rules."""
    revision: int
    """Of the register."""


def look(workspace: Workspace, scope: str, until: datetime) -> Outlook:
    """Return what *scope* would dispatch by *until* as things stand.

    What the ledger knows already is left out, and a draft is taken as if it went live now.
    """
    prepared = workspace.rules.prepared(Scope.parse(scope).of_programme)
    ruleset = prepared.ruleset
    stamp = workspace.rules.stamp(ruleset.client)
    with workspace.store.begin() as tx:
        register = tx.load(ruleset.client, ruleset.programme)
        at = moment(workspace.clock, register)
        return Outlook(
            scope=ruleset.scope,
            made=at,
            plan=outlook(tx, prepared, register, until, at),
            register=register,
            instance=tx.instance(),
            stamp=stamp,
            revision=tx.revision(ruleset.scope),
        )


def plan(workspace: Workspace, scope: str, until: datetime) -> tuple[Plan, Register]:
    """Return what `look` finds, and the register that names its people."""
    found = look(workspace, scope, until)
    return found.plan, found.register


def outlook(tx: Transaction, prepared: Prepared, register: Register, until: datetime, at: datetime) -> Plan:
    """Return what goes out until *until* as *register* stands at *at*; shared by plan, apply and change.

    Without what the ledger knows, and with what the volume guard would hold.
    """
    found = forecast(prepared, register, register.cursor or at, until)
    fresh = replace(found, dispatches=unknown(tx, found.dispatches), missed=unknown(tx, found.missed))
    traffic = tx.traffic(prepared.ruleset.scope, register, at, prepared.ruleset.zone)
    return guarded(prepared, register, fresh, traffic, at)


def guarded(prepared: Prepared, register: Register, plan: Plan, traffic: Traffic, at: datetime) -> Plan:
    """Return *plan* as the guard would judge it tick by tick from *at* on, each tick with what went before it.

    Flags are those a tick at *at* would raise.
    """
    running = _Running.of(register, traffic, prepared.ruleset.zone, at)
    now = tuple(one for one in plan.dispatches if one.due <= at)
    present = running.judge(prepared, register, replace(plan, until=at, dispatches=now))
    for due, together in groupby(plan.dispatches[len(now) :], key=lambda one: one.due):
        running.judge(prepared, register, replace(plan, until=due, dispatches=tuple(together), flags=()))
    ahead = {one.key for one in plan.dispatches}
    return replace(plan, flags=present.flags, held={key: rule for key, rule in running.held.items() if key in ahead})


@dataclass(slots=True, kw_only=True)
class _Running:
    """The traffic as it grows while a plan is judged."""

    people: dict[str, tuple[str, ZoneInfo]]
    """Address and zone of each person by id."""
    zone: ZoneInfo
    day: date
    """The programme's day it has come to."""
    per_day: Counter[tuple[str, str]]
    days: list[int]
    today: int
    last: dict[str, datetime]
    held: dict[str, str]

    @classmethod
    def of(cls, register: Register, traffic: Traffic, zone: str, at: datetime) -> "_Running":
        """Begin with what the ledger holds."""
        people = {who.id: (who.email.casefold(), ZoneInfo(who.zone or zone)) for who in register.people.values()}
        local = ZoneInfo(zone)
        return cls(
            people=people,
            zone=local,
            day=at.astimezone(local).date(),
            per_day=Counter(dict(traffic.per_day)),
            days=list(traffic.days),
            today=traffic.today,
            last=dict(traffic.last),
            held=dict(traffic.held),
        )

    def judge(self, prepared: Prepared, register: Register, plan: Plan) -> Plan:
        """Return what the guard makes of *plan* when it ends, and take in what goes out."""
        day = plan.until.astimezone(self.zone).date()
        if day > self.day:
            self.days += [self.today] * bool(self.today)
            self.day, self.today = day, 0
        traffic = Traffic(per_day=self.per_day, days=tuple(self.days), today=self.today, last=self.last, held=self.held)
        judged = guard(prepared, register, plan, traffic)
        self.held |= judged.held
        for dispatch in judged.dispatches:
            self.last[dispatch.automation] = dispatch.due
            if dispatch.verb in DISTURBING and dispatch.key not in judged.held:
                self._count(dispatch)
        return judged

    def _count(self, dispatch: Dispatch) -> None:
        address, zone = self.people.get(dispatch.recipient, (dispatch.recipient.casefold(), self.zone))
        self.per_day[address, dispatch.due.astimezone(zone).date().isoformat()] += 1
        self.today += 1
