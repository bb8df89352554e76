"""Why a calendar was or was not told of a session: invites follow the register, whatever their moment."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from convener.decide.audiences import PARTS
from convener.decide.explanation.answers import Explanation, Outcome
from convener.decide.explanation.audience import name_of
from convener.decide.explanation.clauses import clauses_shown, missing_facts, nearest_miss
from convener.decide.explanation.outcomes import BEST_FIRST, DRAFT, DUPLICATE
from convener.decide.explanation.sentences import fate_words
from convener.decide.explanation.sources import shown
from convener.decide.facts import Scene
from convener.decide.invites import invites
from convener.decide.moments.moment import Moment
from convener.decide.prepared import PreparedAutomation
from convener.decide.rulings import Decision
from convener.decide.setting import Setting
from convener.model import Dispatch, DispatchState, ProgrammeState, Session, SessionStatus

FAR = timedelta.max


def explain_standing(
    setting: Setting,
    automation: PreparedAutomation,
    who: str,
    at: datetime,
    known: Mapping[str, DispatchState],
) -> Explanation:
    """Explain what the calendar of *who* is told of the session of theirs nearest to *at*."""
    session = _session(setting, who, at)
    told = [each for each in invites(setting, automation) if each.recipient == who]
    mine = [each for each in told if session is not None and each.session == session.id]
    made = _made(setting, automation, who, session)
    if mine:
        made = replace(made, decision=Decision.FIRE, outcomes=tuple(_outcome(each, known) for each in mine))
    elif session is not None:
        made = _kept(setting, session, who, made)
    if setting.index.register.state is ProgrammeState.DRAFT and made.decision is Decision.FIRE:
        miss = "the programme is in draft, and nobody is told before it goes live"
        made = replace(made, decision=Decision.SUPPRESSED, detail=DRAFT, nearest_miss=miss)
    return replace(made, sentence=_sentence(setting, made, at))


def _session(setting: Setting, who: str, at: datetime) -> Session | None:
    """Return the session nearest to *at* that *who* belongs to, or was invited to; one with a time."""
    index = setting.index
    sessions = [session for session in index.register.sessions.values() if session.starts]
    theirs = [each for each in sessions if who in _people(setting, each) or (each.id, who) in index.register.invites]
    pods = {row.pod for row in index.register.memberships if row.person == who}
    related = theirs or [each for each in sessions if each.pod in pods] or sessions
    return min(related, key=lambda each: abs(each.starts - at) if each.starts else FAR, default=None)


def _people(setting: Setting, session: Session) -> list[str]:
    index = setting.index
    coach = index.coach_of(session.pod, index.day_of(session))
    return [*index.expected(session), *([coach] if coach else [])]


def _made(setting: Setting, automation: PreparedAutomation, who: str, session: Session | None) -> Explanation:
    """Return what the clauses and the register say, before anybody asks what the calendar shows already."""
    word = automation.automation.for_each
    made = Explanation(
        decision=Decision.FIRE,
        sentence="",
        automation=automation.automation.id,
        person=who,
        subject=session.id if session else "",
        due=session.starts if session else None,
        place=automation.automation.place,
    )
    name = name_of(setting.index, who)
    if session is None:
        return replace(made, decision=Decision.NOT_MATCHED, nearest_miss=f"no session of {name} has a time")
    if who not in _people(setting, session) or not _is_part(setting, word, session, who):
        miss = f"{name} does not belong to {session.id} on {setting.index.day_of(session)}"
        return replace(made, decision=Decision.NOT_MATCHED, nearest_miss=miss)
    if session.status is not SessionStatus.CONFIRMED:
        return replace(made, decision=Decision.NOT_MATCHED, nearest_miss=f"{session.id} is {session.status.value}")
    moment = Moment(subject=session.id, session=session)
    scene = Scene(index=setting.index, moment=moment, person=who, at=setting.window.now)
    clauses = clauses_shown(automation.clauses, scene)
    values = [clause.value for clause in clauses]
    made = replace(made, clauses=clauses, nearest_miss=nearest_miss(clauses))
    if False in values:
        return replace(made, decision=Decision.NOT_MATCHED)
    if None in values:
        return replace(made, decision=Decision.UNDECIDED, detail=", ".join(missing_facts(clauses)))
    return made


def _is_part(setting: Setting, word: str, session: Session, who: str) -> bool:
    parts = PARTS.get(word, (word,))
    return "participant" in parts if who in setting.index.expected(session) else "coach" in parts


def _kept(setting: Setting, session: Session, who: str, made: Explanation) -> Explanation:
    """Return *made* where the calendar needs no word: it has had its last one, or the session has begun."""
    invite = setting.index.register.invites.get((session.id, who))
    if invite is not None:
        shows = "was told that it is off" if invite.cancelled else "shows it already"
        miss = f"the calendar {shows}, in update {invite.sequence}"
        return replace(made, decision=Decision.SUPPRESSED, detail=DUPLICATE, nearest_miss=miss)
    if made.decision is Decision.FIRE:
        return replace(made, decision=Decision.NOT_MATCHED, nearest_miss=f"{session.id} has begun")
    return made


def _outcome(dispatch: Dispatch, known: Mapping[str, DispatchState]) -> Outcome:
    return Outcome(
        step=dispatch.step,
        connector=dispatch.connector,
        key=dispatch.key,
        decision=Decision.FIRE,
        due=dispatch.due,
        state=known.get(dispatch.key),
    )


def _sentence(setting: Setting, made: Explanation, at: datetime) -> str:
    index = setting.index
    best = min(made.outcomes, key=lambda each: BEST_FIRST.index(each.decision), default=None)
    fate = fate_words(made.decision, made.detail, best, at, "")
    zone = index.zone_of(made.person)
    about = f" about {made.subject} on {shown(made.due, zone)}" if made.due else ""
    why = f": {made.nearest_miss}" if made.nearest_miss else ""
    return f"{made.automation} to {name_of(index, made.person)}{about}: {fate}{why}"
