"""The one decision: what is due between two instants, as the rules and the register stand."""

from dataclasses import replace
from datetime import datetime, time, timedelta

from convener.decide.flags import email_of, flag, name_of, register_deadline, standing_flags
from convener.decide.index import Index
from convener.decide.invites import invites
from convener.decide.marks import automation_flags
from convener.decide.occurrences import occurrences, upcoming
from convener.decide.outgoing import DISTURBING, Batch, add_occurrence
from convener.decide.prepared import Prepared
from convener.decide.setting import Setting, Window
from convener.decide.timing import local, wall
from convener.model import Dispatch, Plan, PollRequest, ProgrammeState, Register, event_of
from convener.model.register import Dated
from convener.rulesets.kinds import RegisterDeadline, VolumeGuard


def decide(prepared: Prepared, register: Register, since: datetime, now: datetime) -> Plan:
    """Return what falls due after *since* and up to *now*, both aware instants; nothing unless the programme is live.

    Pure: the same arguments give the same plan. What was due before *since* comes again where `late` still
    lets it through, and events of the last hour do too: the ledger's unique keys know them.
    """
    return _plan(prepared, register, Window(since, now))


def forecast(prepared: Prepared, register: Register, since: datetime, until: datetime) -> Plan:
    """Return what would fall due until *until* if it were decided over at every instant from *since* on.

    The register is taken as it stands, and so are the flags; confirmed sessions
    are taken as held, without a register of who came. A draft is taken as if it went live at *since* (R30).
    """
    ahead = _as_if_live(register, since) if register.state is ProgrammeState.DRAFT else register
    return _plan(prepared, ahead, Window(since, until, rehearsal=True))


def _as_if_live(register: Register, at: datetime) -> Register:
    live = event_of("programme.live", register.scope, register.programme, at=at)
    return replace(register, state=ProgrammeState.LIVE, events=(*register.events, live))


def next_due(prepared: Prepared, register: Register, now: datetime) -> datetime | None:
    """Return the next instant after *now* at which something falls due, None for never."""
    setting = Setting(prepared, Index(register, prepared.ruleset, prepared.statuses), Window(now, now))
    return _next(setting, Batch()) if setting.index.is_live else None


def _plan(prepared: Prepared, register: Register, asked: Window) -> Plan:
    index = Index(register, prepared.ruleset, prepared.statuses)
    if not index.is_live or index.live_since > asked.now:
        return Plan(since=asked.since, until=asked.now, next_due=None)
    window = Window(max(asked.since, index.live_since), asked.now, asked.rehearsal)
    setting = Setting(prepared, index, window)
    present = replace(setting, window=Window(window.since, window.since)) if window.rehearsal else setting
    batch = Batch()
    for automation in prepared.automations:
        if automation.is_standing:
            batch.dispatches.update((dispatch.key, dispatch) for dispatch in invites(setting, automation))
        for occurrence in occurrences(setting, automation):
            add_occurrence(batch, setting, automation, occurrence)
        batch.flags.update((flag.id, flag) for flag in automation_flags(present, automation))
    batch.flags.update((flag.id, flag) for flag in standing_flags(present))
    _flag_volume(batch, setting)
    return Plan(
        since=asked.since,
        until=asked.now,
        next_due=_next(setting, batch),
        dispatches=tuple(sorted(batch.dispatches.values(), key=lambda dispatch: (dispatch.due, dispatch.key))),
        missed=tuple(sorted(batch.missed.values(), key=lambda dispatch: (dispatch.due, dispatch.key))),
        flags=tuple(batch.flags[identity] for identity in sorted(batch.flags)),
        openings=tuple(batch.openings[identity] for identity in sorted(batch.openings)),
    )


def _flag_volume(batch: Batch, setting: Setting) -> None:
    """Flag people who would get more on one day than the volume guard allows."""
    counts: dict[tuple[str, str], list[Dispatch]] = {}
    for dispatch in batch.dispatches.values():
        if dispatch.verb in DISTURBING:
            day = local(dispatch.due, setting.index.zone_of(dispatch.recipient)).date().isoformat()
            counts.setdefault((dispatch.recipient, day), []).append(dispatch)
    for rule, terms in setting.prepared.ruleset.rules_of(VolumeGuard):
        for (person, day), several in counts.items():
            if terms.per_person_per_day is None or len(several) <= terms.per_person_per_day:
                continue
            made = flag(
                setting,
                rule.id,
                f"{person}/{day}",
                severity="medium",
                text=f"{name_of(setting.index, person)} gets {len(several)} messages on {day}, "
                f"more than {terms.per_person_per_day}",
                settle=f"convener plan {setting.prepared.ruleset.scope} --until {day}T23:59",
            )
            batch.flags[made.id] = replace(made, subject=email_of(setting.index, person))


def _next(decided: Setting, batch: Batch) -> datetime | None:
    setting, now = _with_openings(decided, batch), decided.window.now
    found = [dispatch.due for dispatch in batch.dispatches.values() if dispatch.due > now]
    found += [instant for automation in setting.prepared.automations for instant in upcoming(setting, automation)]
    found += [poll.closes for poll in setting.index.register.polls.values() if poll.closes > now and not poll.answered]
    found += _deadlines(setting)
    found += _turns(setting)
    return min(found, default=None)


def _with_openings(setting: Setting, batch: Batch) -> Setting:
    """Return *setting* with the polls of *batch* open, so that what follows from them is seen ahead."""
    register = setting.index.register
    polls = {
        identity: PollRequest(
            poll=opening.poll,
            subject=opening.subject,
            person=opening.person,
            opened=opening.opens,
            closes=opening.closes,
        )
        for identity, opening in batch.openings.items()
    }
    if not polls:
        return setting
    index = Index(replace(register, polls={**register.polls, **polls}), setting.index.ruleset, setting.index.statuses)
    return Setting(setting.prepared, index, setting.window)


def _deadlines(setting: Setting) -> list[datetime]:
    """Return the register deadlines ahead, a moment after each so that the flag is due."""
    rules = setting.prepared.ruleset.rules_of(RegisterDeadline)
    sessions = setting.index.register.sessions.values() if rules else ()
    ends = [register_deadline(setting, terms, session) for session in sessions for _, terms in rules]
    return [end + timedelta(seconds=1) for end in ends if end is not None and end >= setting.window.now]


def _turns(setting: Setting) -> list[datetime]:
    """Return midnights ahead at which a dated row begins or ends to hold."""
    register, zone = setting.index.register, setting.prepared.ruleset.zone
    today = setting.index.today(setting.window.now)
    rows: tuple[Dated, ...] = (*register.enrolments, *register.memberships, *register.coachings, *register.managements)
    days = {day for row in rows for day in (row.since, row.until) if day is not None and day > today}
    return [wall(min(days), time(), zone)] if days else []
