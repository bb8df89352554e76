"""The one decision: what is due between two instants, as the rules and the register stand."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

from convener.decide.index import Index, PollKey
from convener.decide.invites import invites
from convener.decide.marks import automation_flags
from convener.decide.moments.lateness import Fate
from convener.decide.occurrences import occurrences
from convener.decide.outgoing import Batch, add_occurrence
from convener.decide.prepared import Prepared, PreparedAutomation
from convener.decide.setting import Setting, Window
from convener.decide.wakes import next_wake
from convener.decide.watch.flags import standing_flags
from convener.model import Plan, PollRequest, ProgrammeState, Register, Verb, event_of

INSTANT = timedelta(microseconds=1)
"""Going live is itself in the first window."""


def decide(prepared: Prepared, register: Register, since: datetime, now: datetime) -> Plan:
    """Return what falls due after *since* and up to *now*, both aware instants; nothing unless the programme is live.

    Pure: the same arguments give the same plan, and ticks of any size come to the same keys, some of them late and
    recorded as missed. What was due before *since* comes again where `late` still lets it through, and events of
    the last hour do too: the ledger's unique keys know them.
    """
    return _plan(prepared, register, Window(since, now))


def forecast(prepared: Prepared, register: Register, since: datetime, until: datetime) -> Plan:
    """Return what would fall due until *until* if it were decided over at every instant from *since* on.

    The register is taken as it stands, and so are the flags; polls that would open are taken as open and not
    answered, confirmed sessions as held, without a register of who came. A draft is taken as if it went live at
    *since* (R30).
    """
    ahead = _as_if_live(register, since) if register.state is ProgrammeState.DRAFT else register
    return _plan(prepared, ahead, Window(since, until, rehearsal=True))


def _as_if_live(register: Register, at: datetime) -> Register:
    live = event_of("programme.live", register.scope, register.programme, at=at)
    return replace(register, state=ProgrammeState.LIVE, events=(*register.events, live))


def next_due(prepared: Prepared, register: Register, now: datetime) -> datetime | None:
    """Return the next instant after *now* at which something falls due, None for never."""
    setting = Setting(prepared, Index.of(prepared, register), Window(now, now))
    return next_wake(setting, ()) if setting.index.is_live else None


def _plan(prepared: Prepared, register: Register, asked: Window) -> Plan:
    index = Index.of(prepared, register)
    if not index.is_live or index.live_since > asked.now:
        return Plan(since=asked.since, until=asked.now, next_due=None, rehearsal=asked.rehearsal)
    window = Window(max(asked.since, index.live_since - INSTANT), asked.now, asked.rehearsal)
    setting = Setting(prepared, index, window)
    batch = Batch()
    for automation in prepared.automations:
        if automation.is_standing:
            batch.dispatches.update((dispatch.key, dispatch) for dispatch in invites(setting, automation))
        for occurrence in occurrences(setting, automation):
            add_occurrence(batch, setting, automation, occurrence)
    after = _followed(batch, setting)
    _flag(batch, replace(setting, window=Window(window.since, window.since)) if window.rehearsal else setting)
    return Plan(
        since=asked.since,
        until=asked.now,
        next_due=next_wake(after, batch.dispatches.values()),
        dispatches=tuple(sorted(batch.dispatches.values(), key=lambda dispatch: (dispatch.due, dispatch.key))),
        missed=tuple(sorted(batch.missed.values(), key=lambda dispatch: (dispatch.due, dispatch.key))),
        flags=tuple(batch.flags[identity] for identity in sorted(batch.flags)),
        openings=tuple(batch.openings[identity] for identity in sorted(batch.openings)),
        rehearsal=asked.rehearsal,
    )


def _flag(batch: Batch, present: Setting) -> None:
    """Add the flags that stand."""
    for automation in present.prepared.automations:
        batch.flags.update((flag.id, flag) for flag in automation_flags(present, automation))
    batch.flags.update((flag.id, flag) for flag in standing_flags(present))


def _followed(batch: Batch, setting: Setting) -> Setting:
    """Add what follows, within the window, from the polls that open in it; return the setting with all of them open.

    A poll opens at its own instant and what follows comes no sooner, so that taking the earliest first comes to
    the same as a tick at every instant.
    """
    following = [automation for automation in setting.prepared.automations if automation.ranges_over_polls]
    known: dict[PollKey, PollRequest] = {}
    while fresh := [identity for identity in batch.openings if identity not in known]:
        first = min(batch.openings[identity].opens for identity in fresh)
        opened = {i: _request(batch, i) for i in fresh if not following or batch.openings[i].opens == first}
        known |= opened
        if first <= setting.window.now:
            index = setting.index.opening(known, alone=opened.values())
            _follow(batch, replace(setting, index=index), following)
    return replace(setting, index=setting.index.opening(known)) if known else setting


def _follow(batch: Batch, setting: Setting, following: Collection[PreparedAutomation]) -> None:
    """Add what follows from the polls that *setting* is about alone.

    Who is asked only now, and late, is not chased in the same breath: that is recorded as missed. Another poll opens.
    """
    for automation in following:
        asks = setting.window.rehearsal or any(step.verb is Verb.POLL for step in automation.automation.steps)
        for occurrence in occurrences(setting, automation):
            poll = occurrence.moment.poll
            is_late = poll is not None and occurrence.as_of > poll.opened
            late = replace(occurrence, fate=Fate.MISSED) if is_late and not asks else occurrence
            add_occurrence(batch, setting, automation, late)


def _request(batch: Batch, identity: PollKey) -> PollRequest:
    opening = batch.openings[identity]
    return PollRequest(
        poll=opening.poll, subject=opening.subject, person=opening.person, opened=opening.opens, closes=opening.closes
    )  # fmt: skip
