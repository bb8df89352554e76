"""Dispatches of one occurrence: every step, through every channel, to everyone it is for."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from convener.decide.audiences import Addressee, addressees
from convener.decide.lateness import Fate, LatePolicy
from convener.decide.occurrences import Occurrence
from convener.decide.prepared import PreparedAutomation
from convener.decide.setting import Setting
from convener.decide.timing import after_quiet, local, shifted
from convener.model import Dispatch, Flag, PollOpening, Verb
from convener.rulesets.ruleset import Step

TEXT = "text"
"""The channel that needs a mobile number."""
DISTURBING = frozenset({Verb.SEND, Verb.POLL})
"""Steps that quiet hours hold back."""


@dataclass(slots=True)
class Batch:
    """What a decision has come to so far."""

    dispatches: dict[str, Dispatch] = field(default_factory=dict)
    missed: dict[str, Dispatch] = field(default_factory=dict)
    openings: dict[tuple[str, str, str], PollOpening] = field(default_factory=dict)
    flags: dict[str, Flag] = field(default_factory=dict)


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
    for addressee in addressees(setting, automation, occurrence):
        for step in steps:
            if _is_wanted(setting, step, addressee, occurrence):
                _add_step(batch, setting, automation, occurrence, (step, addressee))


def _is_wanted(setting: Setting, step: Step, addressee: Addressee, occurrence: Occurrence) -> bool:
    """Tell whether a poll makes sense to *addressee*: dates are asked of those whose pod still lacks some."""
    poll = setting.prepared.ruleset.polls.get(step.what) if step.verb is Verb.POLL else None
    if poll is None or poll.kind != "dates":
        return True
    day = setting.index.today(setting.window.present(occurrence.due))
    return setting.index.lacks_dates(addressee.recipient, day)


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
        plain = _dispatch(setting, automation, occurrence, addressee)
        full = replace(
            plain, step=identity, channel=channel, connector=connector,
            verb=step.verb, what=step.what, attach=step.attach, poll=_poll(step, occurrence),
        )  # fmt: skip
        timed = _timed(setting, automation, occurrence, full)
        if occurrence.fate is Fate.SEND and timed is not None:
            batch.dispatches.setdefault(timed.key, timed)
            _open(batch, setting, timed)
        else:
            batch.missed.setdefault(full.key, full)
            if occurrence.fate is Fate.ASK:
                _ask(batch, full)


def _poll(step: Step, occurrence: Occurrence) -> str:
    if step.verb is Verb.POLL:
        return step.what
    return occurrence.moment.poll.poll if occurrence.moment.poll else ""


def _dispatch(
    setting: Setting, automation: PreparedAutomation, occurrence: Occurrence, addressee: Addressee
) -> Dispatch:
    moment, ruleset = occurrence.moment, setting.prepared.ruleset
    return Dispatch(
        client=ruleset.client,
        programme=ruleset.programme,
        automation=automation.automation.id,
        step="",
        subject=_subject(occurrence, setting),
        slot=occurrence.slot,
        recipient=addressee.recipient,
        channel="",
        connector="",
        due=occurrence.due,
        not_after=occurrence.deadline,
        reason=_reason(setting, automation, occurrence),
        verb=Verb.SEND,
        what="",
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


def _timed(
    setting: Setting, automation: PreparedAutomation, occurrence: Occurrence, dispatch: Dispatch
) -> Dispatch | None:
    """Return *dispatch* at the end of the quiet hours it falls into, None where an inflexible rule makes that too late.

    A flexible rule gives way when the quiet would outlast the use of the message.
    """
    if dispatch.verb not in DISTURBING:
        return dispatch
    is_until = automation.late.policy is LatePolicy.UNTIL
    asked = max(dispatch.due, setting.window.present(dispatch.due))
    zone = setting.index.zone_of(dispatch.recipient)
    for rule, quiet in setting.prepared.quiet:
        moved = after_quiet(asked, quiet, zone)
        if moved == asked:
            continue
        if is_until and dispatch.not_after is not None and moved > dispatch.not_after:
            if rule.inflexible:
                return None
            continue
        return _postponed(dispatch, moved, is_until=is_until)
    return dispatch


def _postponed(dispatch: Dispatch, moved: datetime, *, is_until: bool) -> Dispatch:
    end = dispatch.not_after
    if end is not None and not is_until:
        end += moved - dispatch.due
    return replace(dispatch, due=moved, not_after=end, reason=f"{dispatch.reason}; waits for quiet hours to end")


def _open(batch: Batch, setting: Setting, dispatch: Dispatch) -> None:
    """Note the poll that *dispatch* opens, unless it is already open."""
    identity = (dispatch.what, dispatch.subject, dispatch.recipient)
    if dispatch.verb is not Verb.POLL or identity in setting.index.register.polls:
        return
    poll = setting.prepared.ruleset.polls[dispatch.what]
    zone = setting.index.zone_of(dispatch.recipient)
    opens = setting.window.present(dispatch.due)
    opens = max(opens, dispatch.due)
    closes = shifted(opens, poll.closes, 1, zone, setting.prepared.holidays)
    opening = PollOpening(
        poll=poll.id, subject=dispatch.subject, person=dispatch.recipient, opens=opens, closes=closes
    )  # fmt: skip
    batch.openings.setdefault(identity, opening)


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
