"""Dispatches of one occurrence: every step, through every channel, to everyone it is for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from convener.decide.audiences import Addressee, addressees
from convener.decide.moments.lateness import Fate
from convener.decide.moments.quiet import Quiet, quiet_until
from convener.decide.moments.timing import local, shifted
from convener.decide.occurrences import Occurrence
from convener.decide.prepared import PreparedAutomation
from convener.decide.rulings import waiver_of
from convener.decide.setting import Setting
from convener.model import Dispatch, Flag, PollOpening, Verb
from convener.model.dispatches import DISTURBING
from convener.rulesets.ruleset import Rule, Step, Waiver

TEXT = "text"
"""The channel that needs a mobile number."""


@dataclass(slots=True)
class Batch:
    """What a decision has come to so far."""

    dispatches: dict[str, Dispatch] = field(default_factory=dict)
    missed: dict[str, Dispatch] = field(default_factory=dict)
    openings: dict[tuple[str, str, str], PollOpening] = field(default_factory=dict)
    flags: dict[str, Flag] = field(default_factory=dict)

    def open(self, opening: PollOpening) -> None:
        """Note that a poll opens; of several times for the same person the first counts."""
        identity = (opening.poll, opening.subject, opening.person)
        known = self.openings.get(identity)
        if known is None or opening.opens < known.opens:
            self.openings[identity] = opening


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """What quiet hours make of a dispatch."""

    dispatch: Dispatch | None
    """With the instant at which it may go out; None when an inflexible rule makes it too late to be of use."""
    quiet: Rule | None = None
    """The rule it waits for, or that it is lost to."""
    waiver: Waiver | None = None
    """What lets it out at a quiet hour."""


def channels_of(setting: Setting, step: Step) -> Iterator[tuple[str, str, str]]:
    """Yield step id, channel and connector of each way *step* goes out."""
    if step.verb is Verb.CALL:
        yield f"{step.verb}.{step.what}", "call", step.what
        return
    usual = "reports" if step.verb is Verb.REPORT else "email"
    for channel in step.via or (usual,):
        connectors = setting.prepared.ruleset.stack.get(channel, ())
        for connector in connectors:
            identity = f"{step.verb}.{step.what}.{channel}"
            yield (f"{identity}.{connector}" if len(connectors) > 1 else identity), channel, connector


def add_occurrence(batch: Batch, setting: Setting, automation: PreparedAutomation, occurrence: Occurrence) -> None:
    """Put into *batch* all that *occurrence* sends, opens or records as missed."""
    steps = [step for step in automation.automation.steps if step.verb not in (Verb.FLAG, Verb.INVITE)]
    if not steps:
        return
    staying = _staying(setting, automation, occurrence)
    for addressee in addressees(setting, automation, occurrence):
        kept = addressee if staying is None else staying.get(addressee.recipient)
        now = occurrence if kept else replace(occurrence, fate=Fate.MISSED)
        for step in steps:
            if _is_wanted(setting, step, addressee, occurrence):
                _add_step(batch, setting, automation, now, (step, kept or addressee))


def _staying(
    setting: Setting, automation: PreparedAutomation, occurrence: Occurrence
) -> Mapping[str, Addressee] | None:
    """Return who of *occurrence* is still there to get it, by id; None when nobody has come or gone since (P8)."""
    present = setting.window.present(occurrence.as_of)
    if not setting.index.turns_within(occurrence.as_of, present):
        return None
    return _there(setting, automation, occurrence, present)


def _there(
    setting: Setting, automation: PreparedAutomation, occurrence: Occurrence, instant: datetime
) -> Mapping[str, Addressee]:
    """Return whom *occurrence* goes to as things stand at *instant*, by id."""
    found = addressees(setting, automation, replace(occurrence, called=instant))
    return {addressee.recipient: addressee for addressee in found}


def _is_wanted(setting: Setting, step: Step, addressee: Addressee, occurrence: Occurrence) -> bool:
    """Tell whether a poll makes sense to *addressee*: dates are asked of those whose pod still lacks some."""
    poll = setting.prepared.ruleset.polls.get(step.what) if step.verb is Verb.POLL else None
    if poll is None or poll.kind != "dates":
        return True
    return setting.index.lacks_dates(addressee.recipient, setting.index.today(occurrence.as_of))


def _add_step(
    batch: Batch,
    setting: Setting,
    automation: PreparedAutomation,
    occurrence: Occurrence,
    target: tuple[Step, Addressee],
) -> None:
    step, addressee = target
    person = setting.index.register.people.get(addressee.recipient)
    for identity, channel, connector in channels_of(setting, step):
        if channel == TEXT and (person is None or not person.mobile):
            continue
        full = _dispatch(setting, automation, occurrence, target, (identity, channel, connector))
        opening = _opening(setting, automation, occurrence, full)
        made = _after_turns(setting, automation, occurrence, timed(setting, automation, occurrence, full).dispatch)
        is_over = opening is not None and opening.closes <= setting.window.present(opening.opens)
        if made is None or is_over or occurrence.fate is not Fate.SEND:
            batch.missed.setdefault(full.key, full)
            if occurrence.fate is Fate.ASK:
                _ask(batch, full)
            continue
        batch.dispatches.setdefault(made.key, made)
        if opening is not None:
            batch.open(opening)


def _after_turns(
    setting: Setting, automation: PreparedAutomation, occurrence: Occurrence, dispatch: Dispatch | None
) -> Dispatch | None:
    """Return *dispatch* as it may go out when the quiet hours have ended; None when its recipient is gone by then (P3).

    Of the participants it speaks of, those who have gone are left out.
    """
    decided = setting.window.present(occurrence.as_of)
    if dispatch is None or not setting.index.turns_within(decided, dispatch.due):
        return dispatch
    kept = _there(setting, automation, occurrence, dispatch.due).get(dispatch.recipient)
    if kept is None:
        return None
    return replace(dispatch, people=tuple(person for person in dispatch.people if person in kept.people))


def _poll(step: Step, occurrence: Occurrence) -> str:
    if step.verb is Verb.POLL:
        return step.what
    return occurrence.moment.poll.poll if occurrence.moment.poll else ""


def _dispatch(
    setting: Setting,
    automation: PreparedAutomation,
    occurrence: Occurrence,
    target: tuple[Step, Addressee],
    way: tuple[str, str, str],
) -> Dispatch:
    (step, addressee), (identity, channel, connector) = target, way
    moment, ruleset = occurrence.moment, setting.prepared.ruleset
    return Dispatch(
        client=ruleset.client,
        programme=ruleset.programme,
        automation=automation.automation.id,
        step=identity,
        subject=_subject(occurrence, setting),
        slot=occurrence.slot,
        recipient=addressee.recipient,
        channel=channel,
        connector=connector,
        due=occurrence.as_of,
        not_after=occurrence.deadline,
        reason=_reason(setting, automation, occurrence),
        verb=step.verb,
        what=step.what,
        attach=step.attach,
        poll=_poll(step, occurrence),
        people=addressee.people,
        session=moment.session.id if moment.session else "",
    )


def _subject(occurrence: Occurrence, setting: Setting) -> str:
    return occurrence.moment.subject or setting.index.register.programme


def _reason(setting: Setting, automation: PreparedAutomation, occurrence: Occurrence) -> str:
    session = occurrence.moment.session
    if session is None or session.starts is None:
        return automation.automation.on
    pod = setting.index.register.pods.get(session.pod)
    named = pod.name if pod else session.pod
    return f"{automation.automation.on}: session {session.number} of {named} on {setting.index.day_of(session)}"


def timed(setting: Setting, automation: PreparedAutomation, occurrence: Occurrence, dispatch: Dispatch) -> Timed:
    """Return *dispatch* at the end of the quiet hours it would go out in, were it decided over now.

    A flexible rule gives way when the quiet would outlast the use of the message, and to a waiver of the person,
    pod or session.
    """
    return _timed_at(setting, automation, dispatch, setting.window.present(occurrence.as_of))


def _timed_at(setting: Setting, automation: PreparedAutomation, dispatch: Dispatch, present: datetime) -> Timed:
    if dispatch.verb not in DISTURBING:
        return Timed(dispatch=dispatch)
    asked = max(dispatch.due, present)
    rules, waiver = _quiet_rules(setting, dispatch, asked)
    end = dispatch.not_after if automation.lasts_until_field else None
    found = quiet_until(rules, asked, setting.index.zone_of(dispatch.recipient), end)
    if found.instant is None:
        return Timed(dispatch=None, quiet=found.rule, waiver=waiver)
    if found.rule is None:
        return Timed(dispatch=dispatch, waiver=waiver)
    use = dispatch.not_after
    moved = replace(
        dispatch,
        due=found.instant,
        not_after=use if use is None or end is not None else use + (found.instant - dispatch.due),
        reason=f"{dispatch.reason}; waits for quiet hours to end",
    )
    return Timed(dispatch=moved, quiet=found.rule, waiver=waiver)


def _quiet_rules(setting: Setting, dispatch: Dispatch, asked: datetime) -> tuple[list[Quiet], Waiver | None]:
    """Return the quiet hours that hold for *dispatch*, and the waiver of those that do not."""
    if not setting.prepared.ruleset.waivers:
        return list(setting.prepared.quiet), None
    person = setting.index.register.people.get(dispatch.recipient)
    names = {dispatch.recipient, dispatch.subject, dispatch.session, person.email if person else ""} - {""}
    pod = setting.index.pod_of(dispatch.recipient, setting.index.today(asked))
    day = setting.index.today(asked)
    waivers = [
        waiver_of(setting.prepared.ruleset, rule, names | ({pod} if pod else set()), day)
        for rule, _ in setting.prepared.quiet
    ]
    kept = [quiet for quiet, waiver in zip(setting.prepared.quiet, waivers, strict=True) if waiver is None]
    return kept, next((waiver for waiver in waivers if waiver is not None), None)


def _opening(
    setting: Setting, automation: PreparedAutomation, occurrence: Occurrence, dispatch: Dispatch
) -> PollOpening | None:
    """Return the poll that *dispatch* opens when its time comes, however late that is seen; None when it is open."""
    identity = (dispatch.what, dispatch.subject, dispatch.recipient)
    if dispatch.verb is not Verb.POLL or identity in setting.index.register.polls:
        return None
    asks = _timed_at(setting, automation, dispatch, occurrence.as_of).dispatch or dispatch
    poll, life = setting.prepared.ruleset.polls[dispatch.what], setting.index.life_of(dispatch.recipient)
    closes = shifted(asks.due, poll.closes, 1, life.zone, setting.prepared.closed(life))
    return PollOpening(
        poll=poll.id, subject=dispatch.subject, person=dispatch.recipient, opens=asks.due, closes=closes
    )  # fmt: skip


def _ask(batch: Batch, dispatch: Dispatch) -> None:
    scope = f"{dispatch.client}/{dispatch.programme}"
    identity = f"{scope}/{dispatch.automation}/late/{dispatch.subject}/{dispatch.slot}"
    batch.flags.setdefault(
        identity,
        Flag(
            id=identity,
            severity="medium",
            client=dispatch.client,
            programme=dispatch.programme,
            subject=dispatch.subject,
            since=dispatch.due,
            text=f"{dispatch.automation} was due {local(dispatch.due, 'UTC'):%Y-%m-%d %H:%M} UTC and did not go out",
            settle=f"convener ledger list {scope} --state missed",
        ),
    )
