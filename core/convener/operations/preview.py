"""`preview`: one message as one person would get it, rendered and not sent (P19)."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

from convener.decide import Prepared
from convener.decide.stage.effects import opened
from convener.documents import nearest
from convener.errors import UsageError
from convener.model import UNSENT, Dispatch, Parcel, Person, Register, Verb
from convener.operations.parcels import SINKS, ParcelMaker
from convener.operations.people import find_person
from convener.operations.plan import outlook
from convener.operations.pretence import INVITES, Pretence, Way
from convener.operations.workspace import Scope, Workspace, moment
from convener.rendering import invite_name
from convener.rulesets.ruleset import Ruleset
from convener.store import Transaction

AHEAD = timedelta(days=400)
"""How far a preview looks for the next time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A message as somebody would get it."""

    scope: str
    message: str
    dispatch: Dispatch
    parcel: Parcel
    person: Person = field(repr=False)
    zone: str
    """The person's own, to show times in."""
    note: str
    """Why it is shown although nothing of it is planned; empty for the next one that is."""


def preview(workspace: Workspace, message: str, who: str, *, scope: str = "", channel: str = "") -> Preview:
    """Return *message* as *who*, an address or id, gets it next; where none is ahead, as if it were due now.

    Raise UsageError for a message, person or channel there is not, and for somebody whom the message is not for.
    """
    where = Scope.parse(scope).of_programme if scope else _where(workspace, who)
    prepared = workspace.rules.prepared(where)
    ways = _ways(prepared, message, channel)
    with workspace.store.begin() as tx:
        register = tx.load(prepared.ruleset.client, prepared.ruleset.programme)
        person = _person(prepared.ruleset, register, who)
        at = moment(workspace.clock, register)
        pretence = Pretence(prepared=prepared, register=register, person=person.id, at=at)
        found = _waiting(tx, pretence, message, channel) or _ahead(workspace, tx, pretence, (message, channel))
    dispatch, parcel, note = found or _pretended(workspace, pretence, person, message, ways)
    zone = person.zone or prepared.ruleset.zone
    return Preview(scope=where, message=message, dispatch=dispatch, parcel=parcel, person=person, zone=zone, note=note)


def _where(workspace: Workspace, who: str) -> str:
    """Return the one programme that knows *who*; raise UsageError when none does, or several."""
    with workspace.store.begin() as tx:
        known = tx.scopes_of(who)
    if len(known) == 1:
        return known[0]
    if known:
        raise UsageError(f"{who!r} is in several programmes", hint=f"name one: --scope {' or '.join(known)}")
    raise UsageError(
        f"nobody has the address or id {who!r}", hint="name a participant, manager or coach; sponsors need --scope"
    )


def _person(ruleset: Ruleset, register: Register, who: str) -> Person:
    """Return the person, who for a sponsor may stand in the rules only; raise UsageError for a stranger."""
    sponsors = (one for one in ruleset.sponsors if one.email.casefold() == who.casefold())
    sponsor = next(sponsors, None)
    if sponsor is not None and register.by_email(who) is None:
        return Person(id=sponsor.email, name=sponsor.name, email=sponsor.email)
    return find_person(register, who)


def _ways(prepared: Prepared, message: str, channel: str) -> list[Way]:
    """Return the ways in which *message* goes out; raise UsageError when there are none."""
    every = [
        Way(automation=automation, step=step, channel=via)
        for automation in prepared.automations
        for step in automation.automation.steps
        for via in step.via or (("calendar",) if step.verb is Verb.INVITE else ("email",))
        if step.verb not in (Verb.FLAG, Verb.CALL) and via != SINKS
    ]
    names = sorted({name for way in every for name in way.messages})
    mine = [way for way in every if message in way.messages]
    if not mine:
        raise UsageError(f"no automation of {prepared.ruleset.scope} sends {message!r}", hint=nearest(message, names))
    through = [way for way in mine if channel in ("", way.channel)]
    if not through:
        channels = ", ".join(sorted({way.channel for way in mine}))
        raise UsageError(f"{message} does not go by {channel}", hint=f"it goes by: {channels}")
    return through


def _is_it(dispatch: Dispatch, person: str, message: str, channel: str) -> bool:
    said = invite_name(dispatch.invite) if dispatch.invite else dispatch.what
    return (
        dispatch.recipient == person
        and said == message
        and channel in ("", dispatch.channel)
        and dispatch.channel != SINKS
    )


def _waiting(tx: Transaction, pretence: Pretence, message: str, channel: str) -> tuple[Dispatch, Parcel, str] | None:
    """Return what waits in the ledger already, with the content that was frozen for it."""
    ruleset = pretence.prepared.ruleset
    rows = tx.ledger(client=ruleset.client, programme=ruleset.programme, states=UNSENT, person=pretence.person)
    for row in rows:
        parcel = tx.parcel(row.dispatch.key)
        if parcel is not None and _is_it(row.dispatch, pretence.person, message, channel):
            return row.dispatch, parcel, f"it is in the ledger already, {row.state}, and shown as it was frozen there"
    return None


def _ahead(
    workspace: Workspace, tx: Transaction, pretence: Pretence, wanted: tuple[str, str]
) -> tuple[Dispatch, Parcel, str] | None:
    """Return the next one planned."""
    prepared, register = pretence.prepared, pretence.register
    plan = outlook(tx, prepared, register, pretence.at + AHEAD, pretence.at)
    dispatch = next((one for one in plan.dispatches if _is_it(one, pretence.person, *wanted)), None)
    if dispatch is None:
        return None
    after = replace(register, polls={**opened(plan), **register.polls})
    held = plan.held.get(dispatch.key)
    note = f"the rule {held} would hold it for a person" if held else ""
    return dispatch, _parcel(workspace, prepared, after, dispatch), note


def _pretended(
    workspace: Workspace, pretence: Pretence, person: Person, message: str, ways: list[Way]
) -> tuple[Dispatch, Parcel, str]:
    """Return the message as if it were due now; raise UsageError when it is not for them."""
    prepared = pretence.prepared
    mine = [way for way in ways if pretence.is_for(way)]
    if not mine:
        audiences = " or ".join(sorted({way.automation.automation.for_each for way in ways}))
        roles = " and ".join(sorted(pretence.roles)) or "nothing"
        raise UsageError(
            f"{message} goes to each {audiences}, and {person.email} is {roles} to {prepared.ruleset.scope}",
            hint=f"see who is what: convener register {prepared.ruleset.scope}",
        )
    if not person.mobile and all(way.channel == "text" for way in mine):
        raise UsageError(
            f"{person.email} has no mobile number and gets no text messages", hint="choose --channel email"
        )
    dispatch = pretence.dispatch(mine[0], INVITES.get(message, 0))
    note = f"nothing of it is planned for {person.email}; shown as if it were due now"
    return dispatch, _parcel(workspace, prepared, pretence.asked(dispatch), dispatch), note


def _parcel(workspace: Workspace, prepared: Prepared, register: Register, dispatch: Dispatch) -> Parcel:
    maker = ParcelMaker.of(workspace.renderer, workspace.settings, prepared.ruleset, register)
    return maker.make(dispatch, at=dispatch.due)
