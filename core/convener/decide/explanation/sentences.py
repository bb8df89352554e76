"""Answers in words: the one sentence first, and what somebody can do about it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from convener.decide.explanation.answers import Explanation, Outcome, said
from convener.decide.explanation.audience import MANAGER, name_of
from convener.decide.explanation.outcomes import CAP, DRAFT, DUPLICATE, QUIET, best_of
from convener.decide.explanation.question import Found, Question, Verdict
from convener.decide.explanation.sources import shown
from convener.decide.rulings import Decision
from convener.model import DispatchState, SessionStatus

FAR = timedelta(days=3)
"""How far an occurrence may be from the time asked about before that is worth a word."""
NEAR = timedelta(days=14)
"""How far a session that is off may be from it to be what was asked about."""
_STATES = {
    DispatchState.READY: "is decided and goes out with the next delivery",
    DispatchState.SENDING: "is on its way",
    DispatchState.SENT: "went out",
    DispatchState.RETRY: "was not taken by the other side and is tried again",
    DispatchState.FAILED: "could not be delivered",
    DispatchState.IN_DOUBT: "may or may not have arrived",
}


def fate_words(decision: Decision, detail: str, best: Outcome | None, at: datetime, when: str) -> str:
    """Return in words what becomes of it; *when* is the time at which the best outcome goes out."""
    if decision is Decision.FIRE:
        if best is not None and best.state is not None and best.state in _STATES:
            return _STATES[best.state]
        ahead = best is not None and best.due is not None and best.due > at
        return "goes out" if ahead else "goes out with the next tick"
    words = {
        (Decision.SUPPRESSED, QUIET): f"waits for quiet hours to end and goes out {when}",
        (Decision.SUPPRESSED, CAP): "is held by a volume guard until somebody looks at it",
        (Decision.SUPPRESSED, DRAFT): "does not go out",
        (Decision.SUPPRESSED, DUPLICATE): "is not sent again",
    }
    plain = {
        Decision.NOT_MATCHED: "does not go out",
        Decision.UNDECIDED: "is undecided and does not go out",
        Decision.BLOCKED: f"is blocked by inflexible rule {detail}",
        Decision.MISSED: f"was missed: {detail}",
    }
    return words.get((decision, detail)) or plain.get(decision, decision.value)


def explanation_of(question: Question, found: Found) -> Explanation:
    """Return what *question* came to, in words."""
    best, automation = found.best, question.automation.automation
    return Explanation(
        decision=best.decision,
        detail=best.detail,
        sentence=_sentence(question, found),
        automation=automation.id,
        person=best.recipient,
        subject=found.occurrence.moment.subject,
        slot=found.occurrence.slot,
        due=found.occurrence.due,
        about=best.person if best.person != best.recipient else "",
        clauses=best.clauses,
        nearest_miss=best.miss,
        place=automation.place,
        outcomes=best.outcomes,
        others=tuple(_line(question, each) for each in found.others),
        before=found.before,
        after=found.after,
        notes=(*_cures(question, best), *_nearer(question, found)),
    )


def never(question: Question) -> Explanation:
    """Return the answer where the automation never falls due."""
    automation = question.automation.automation
    name = name_of(question.setting.index, question.who)
    return Explanation(
        decision=Decision.NOT_MATCHED,
        sentence=f"{automation.id} never falls due for {name} as the register stands",
        automation=automation.id,
        person=question.who,
        nearest_miss=f"nothing in the register, within 400 days, is the moment {automation.on!r}",
        place=automation.place,
    )


def _sentence(question: Question, found: Found) -> str:
    index, verdict, occurrence = question.setting.index, found.best, found.occurrence
    zone = index.zone_of(verdict.recipient)
    best = best_of(verdict.outcomes)
    out = shown(best.due, zone) if best is not None and best.due is not None else ""
    fate = fate_words(verdict.decision, verdict.detail, best, question.at, out)
    whom = f" to {name_of(index, verdict.recipient)}" if verdict.recipient else ""
    whom += f" for {name_of(index, verdict.person)}" if verdict.person not in ("", verdict.recipient) else ""
    about = f" about {occurrence.moment.subject}" if "/" in occurrence.moment.subject else ""
    why = f": {_but_for(verdict)}" if verdict.miss else ""
    return f"{question.automation.automation.id}{whom}{about}, due {shown(occurrence.due, zone)}, {fate}{why}"


def _line(question: Question, verdict: Verdict) -> str:
    about = name_of(question.setting.index, verdict.person or verdict.recipient)
    return f"{about}: {said(verdict.decision, verdict.detail)}{f': {verdict.miss}' if verdict.miss else ''}"


def _but_for(verdict: Verdict) -> str:
    """Say the nearest miss; where one clause alone stood in the way, that it was only that."""
    hurdles = [clause for clause in verdict.clauses if clause.value is not True]
    alone = len(hurdles) == 1 and verdict.miss.startswith("`")
    return f"it would have, but for {verdict.miss}" if alone else verdict.miss


def _cures(question: Question, verdict: Verdict) -> Iterator[str]:
    """Yield the command that settles what is undecided for want of somebody."""
    if verdict.detail == MANAGER:
        known = question.setting.index.register.people.get(verdict.person)
        scope, who = question.setting.prepared.ruleset.scope, known.email if known else verdict.person
        yield f"settle it with: convener change manager {scope} {who} --name NAME --email ADDRESS"


def _nearer(question: Question, found: Found) -> Iterator[str]:
    """Yield what to know where the nearest time is not near: nothing else falls due, or its session is off."""
    at = question.near or question.at
    if abs(found.occurrence.as_of - at) <= FAR:
        return
    zone = question.setting.prepared.ruleset.zone
    yield f"nothing of it falls due for them nearer to {shown(at, zone)}"
    for session in question.setting.index.register.sessions.values():
        is_near = session.starts is not None and abs(session.starts - at) <= NEAR
        if session.status is SessionStatus.CANCELLED and is_near:
            yield f"session {session.id} is cancelled, and nothing follows from its dates"
