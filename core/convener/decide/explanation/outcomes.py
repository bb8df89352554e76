"""What becomes of each step of an occurrence: when it goes out, or what holds it back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from convener.decide.decision import decide, forecast
from convener.decide.explanation.answers import Outcome
from convener.decide.moments.lateness import Fate
from convener.decide.moments.timing import local
from convener.decide.occurrences import Occurrence
from convener.decide.outgoing import TEXT, Batch, add_occurrence, timed
from convener.decide.prepared import PreparedAutomation
from convener.decide.rulings import Decision
from convener.decide.setting import Setting
from convener.decide.volume import guard
from convener.model import Dispatch, DispatchState, Verb
from convener.model.traffic import Traffic
from convener.rulesets.ruleset import Step

QUIET, CAP, DRAFT, DUPLICATE, LATE = "quiet", "cap", "draft", "duplicate", "late"
"""Details of a decision that holds something back."""
INSTANT = timedelta(microseconds=1)
GONE_OUT = frozenset(DispatchState) - {DispatchState.HELD, DispatchState.MISSED, DispatchState.CANCELLED}
"""States of the ledger in which the decision was to let it out."""
BEST_FIRST = (
    Decision.FIRE, Decision.SUPPRESSED, Decision.BLOCKED, Decision.MISSED, Decision.UNDECIDED, Decision.NOT_MATCHED
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What else a step's fate hangs on."""

    traffic: Traffic
    known: Mapping[str, DispatchState]
    """What the ledger holds, by key."""
    decided: bool
    """Whether a tick has been by."""


def outcomes(
    setting: Setting, automation: PreparedAutomation, occurrence: Occurrence, recipient: str, held: Held
) -> tuple[Outcome, ...]:
    """Return what becomes of each step of *occurrence* for *recipient*, whose clauses all hold."""
    batch = Batch()
    add_occurrence(batch, setting, automation, occurrence)
    going = [each for each in batch.dispatches.values() if each.recipient == recipient]
    lost = [each for each in batch.missed.values() if each.recipient == recipient]
    capped = {} if held.decided or not going else _capped(setting, occurrence, held)
    found = [_going(setting, automation, occurrence, each, capped) for each in going]
    found += [_lost(setting, automation, occurrence, each) for each in lost]
    found = [_as_known(each, held.known) for each in found]
    return (*found, *_without_dispatch(setting, automation, recipient, found))


def late_words(automation: PreparedAutomation) -> str:
    """Say why something that nobody decided in time goes no more."""
    late = automation.automation.late
    policy = f"late = {late!r}" if late else "its use, 24 hours from when it fell due,"
    return f"nobody decided it in time, and {policy} lets it go no more"


def best_of(several: tuple[Outcome, ...]) -> Outcome | None:
    """Return the outcome that answers for all: whatever goes out comes first."""
    return min(several, key=lambda each: BEST_FIRST.index(each.decision), default=None)


def _going(
    setting: Setting,
    automation: PreparedAutomation,
    occurrence: Occurrence,
    dispatch: Dispatch,
    capped: Mapping[str, str],
) -> Outcome:
    plain = replace(dispatch, due=occurrence.due, not_after=occurrence.deadline)
    found = timed(setting, automation, occurrence, plain)
    made = _outcome(dispatch, Decision.FIRE)
    if dispatch.due > max(occurrence.due, setting.window.present(occurrence.as_of)) and found.quiet is not None:
        why = f"rule {found.quiet.id} keeps it until its quiet hours end ({found.quiet.place})"
        return replace(made, decision=Decision.SUPPRESSED, detail=QUIET, why=why)
    if dispatch.key in capped:
        guard_place = setting.prepared.ruleset.rules[capped[dispatch.key]].place
        why = f"volume guard {capped[dispatch.key]} waits for somebody to look at it ({guard_place})"
        return replace(made, decision=Decision.SUPPRESSED, detail=CAP, why=why)
    if found.waiver is not None:
        return replace(made, why=f"waiver {found.waiver.id} lifts the quiet hours ({found.waiver.place})")
    return made


def _lost(setting: Setting, automation: PreparedAutomation, occurrence: Occurrence, dispatch: Dispatch) -> Outcome:
    made = _outcome(dispatch, Decision.MISSED, LATE, late_words(automation))
    if occurrence.fate is not Fate.SEND:
        return made
    found = timed(setting, automation, occurrence, dispatch)
    if found.dispatch is None and found.quiet is not None:
        why = f"its quiet hours last until it is of no more use ({found.quiet.place})"
        return replace(made, decision=Decision.BLOCKED, detail=found.quiet.id, why=why)
    if found.quiet is not None and found.dispatch is not None:
        ends = local(found.dispatch.due, setting.index.zone_of(dispatch.recipient))
        why = f"they have left by {ends:%Y-%m-%d %H:%M}, when quiet hours let it out ({found.quiet.place})"
        return replace(made, detail="no longer theirs", why=why)
    return replace(made, detail="no longer theirs", why="they have left since, or what it asked for is over")


def _outcome(dispatch: Dispatch, decision: Decision, detail: str = "", why: str = "") -> Outcome:
    return Outcome(
        step=dispatch.step,
        connector=dispatch.connector,
        key=dispatch.key,
        decision=decision,
        detail=detail,
        why=why,
        due=dispatch.due,
    )


def _as_known(outcome: Outcome, known: Mapping[str, DispatchState]) -> Outcome:
    """Return *outcome* with what the ledger says of it; the ledger has the last word."""
    state = known.get(outcome.key)
    if state is None:
        return outcome
    decision, detail = outcome.decision, outcome.detail
    if state is DispatchState.HELD:
        decision, detail = Decision.SUPPRESSED, CAP
    elif state is DispatchState.MISSED:
        decision, detail = Decision.MISSED, detail if decision is Decision.MISSED else LATE
    elif state in GONE_OUT and not (state is DispatchState.READY and detail == QUIET):
        decision, detail = Decision.FIRE, ""
    why = outcome.why if (decision, detail) == (outcome.decision, outcome.detail) else ""
    return replace(outcome, state=state, decision=decision, detail=detail, why=why)


def _capped(setting: Setting, occurrence: Occurrence, held: Held) -> Mapping[str, str]:
    """Return what a volume guard holds of all that is decided together with *occurrence*, and which guard."""
    prepared, register = setting.prepared, setting.index.register
    window, instant = setting.window, occurrence.as_of
    if window.rehearsal:
        plan = forecast(prepared, register, instant - INSTANT, instant)
    else:
        plan = decide(prepared, register, window.since, window.now)
    fresh = tuple(each for each in plan.dispatches if each.key not in held.known)
    return guard(prepared, register, replace(plan, dispatches=fresh), held.traffic).held


def _without_dispatch(
    setting: Setting, automation: PreparedAutomation, recipient: str, found: list[Outcome]
) -> Iterator[Outcome]:
    """Yield an outcome for each step, and each channel of it, that makes no dispatch for *recipient*."""
    made = {outcome.step for outcome in found}
    for step in automation.automation.steps:
        if step.verb is Verb.FLAG:
            yield Outcome(step="flag", connector="", key="", decision=Decision.FIRE)
        elif step.verb is not Verb.INVITE:
            yield from _missing_channels(setting, step, recipient, made)


def _missing_channels(setting: Setting, step: Step, recipient: str, made: set[str]) -> Iterator[Outcome]:
    person = setting.index.register.people.get(recipient)
    for channel in step.via:
        identity = f"{step.verb}.{step.what}.{channel}"
        if any(name == identity or name.startswith(f"{identity}.") for name in made):
            continue
        why = "their pod has all its dates"
        if not setting.prepared.ruleset.stack.get(channel):
            why = f"no connector for {channel}"
        elif channel == TEXT and (person is None or not person.mobile):
            why = "no mobile number"
        yield Outcome(step=identity, connector="", key="", decision=Decision.NOT_MATCHED, detail=why)
