"""Standing invites: what calendars should show, compared with what they were last told.

One invite for each person and session. A new one is a REQUEST with sequence 0, another time a REQUEST
with the next sequence, and a CANCEL with the next when the person or the session drops out. A changed
topic stays silent, and so does a session that has begun: nobody is told that what they sit in is off.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from convener.decide.audiences import PARTS, holds_for
from convener.decide.facts import Scene, gather
from convener.decide.moments.moment import Moment
from convener.decide.outgoing import channels_of
from convener.decide.prepared import PreparedAutomation
from convener.decide.setting import Setting
from convener.model import Dispatch, InviteMethod, InviteTerms, SentInvite, Session, SessionStatus, Verb


@dataclass(frozen=True, slots=True)
class _Notice:
    """What one calendar must be told."""

    session: Session
    person: str
    terms: InviteTerms
    reason: str


def invites(setting: Setting, automation: PreparedAutomation) -> Iterator[Dispatch]:
    """Yield what calendars must be told so that they agree with the register at the end of the window."""
    steps = [step for step in automation.automation.steps if step.verb is Verb.INVITE]
    ruleset = setting.prepared.ruleset
    for notice in _unless_calm(setting, automation):
        for step in steps:
            for identity, channel, connector in channels_of(setting, step):
                yield Dispatch(
                    client=ruleset.client,
                    programme=ruleset.programme,
                    automation=automation.automation.id,
                    step=identity,
                    subject=notice.session.id,
                    slot=f"seq-{notice.terms.sequence}",
                    recipient=notice.person,
                    channel=channel,
                    connector=connector,
                    due=_told_at(setting),
                    not_after=notice.terms.starts,
                    reason=notice.reason,
                    verb=step.verb,
                    what=step.what,
                    session=notice.session.id,
                    invite=notice.terms,
                )


def _told_at(setting: Setting) -> datetime:
    """Return the moment of decision; a rehearsal tells everyone at once, at its beginning."""
    return setting.window.since if setting.window.rehearsal else setting.window.now


def uid_of(client: str, session: str, person: str) -> str:
    """Return the identity of an invite: the same for every update, and without the person's address."""
    return f"{client}.{session.replace('/', '.')}.{sha256(person.encode()).hexdigest()[:12]}@convener"


def _unless_calm(setting: Setting, automation: PreparedAutomation) -> list[_Notice]:
    """Return what calendars must be told; when there was nothing to tell before, time alone brings nothing new.

    Conditions may, so that they are asked each time.
    """
    calm, now, identity = setting.index.calm, _told_at(setting), automation.automation.id
    if not automation.clauses and identity in calm and calm[identity] <= now:
        return []
    notices = list(_notices(setting, automation))
    if not notices:
        calm[identity] = now
    return notices


def _notices(setting: Setting, automation: PreparedAutomation) -> Iterator[_Notice]:
    register = setting.index.register
    told = register.invites
    wanted: set[tuple[str, str]] = set()
    kept: set[tuple[str, str]] = set()
    for session in register.sessions.values():
        if not _is_ahead(session, setting):
            continue
        for person in _invited(setting, automation, session, kept):
            key = (session.id, person)
            wanted.add(key)
            notice = _request(setting, session, person, told.get(key))
            if notice is not None:
                yield notice
    for key, invite in sorted(told.items()):
        if key not in wanted and key not in kept and not invite.cancelled and not _has_begun(setting, invite):
            yield _cancel(setting, invite)


def _is_ahead(session: Session, setting: Setting) -> bool:
    return (
        session.status is SessionStatus.CONFIRMED and session.starts is not None and session.starts > _told_at(setting)
    )


def _has_begun(setting: Setting, invite: SentInvite) -> bool:
    """Tell whether the session of *invite* is under way or over, by its calendar entry or by the register."""
    now, session = _told_at(setting), setting.index.register.sessions.get(invite.session)
    if invite.starts <= now or session is None:
        return invite.starts <= now
    begun = session.starts is not None and session.starts <= now and session.status is SessionStatus.CONFIRMED
    return begun or session.status is SessionStatus.HELD


def _invited(
    setting: Setting, automation: PreparedAutomation, session: Session, kept: set[tuple[str, str]]
) -> Iterator[str]:
    """Yield who belongs to *session*; note in *kept* for whom that is unknown, so that nothing changes for them."""
    word = automation.automation.for_each
    parts = PARTS.get(word, (word,))
    index = setting.index
    people = list(index.expected(session)) if "participant" in parts else []
    coach = index.coach_of(session.pod, index.day_of(session)) if "coach" in parts else None
    if coach is not None:
        people.append(coach)
    for person in people:
        if not automation.clauses:
            yield person
            continue
        moment = Moment(subject=session.id, session=session)
        scene = Scene(index=index, moment=moment, person=person, at=_told_at(setting))
        if holds_for(automation, scene):
            yield person
        elif is_undecided(automation, scene):
            kept.add((session.id, person))


def is_undecided(automation: PreparedAutomation, scene: Scene) -> bool:
    """Tell whether no clause is false and at least one is unknown."""
    facts = gather(automation.names, scene)
    values = [clause.test(facts) for clause in automation.clauses]
    return None in values and False not in values


def _request(setting: Setting, session: Session, person: str, told: SentInvite | None) -> _Notice | None:
    if session.starts is None or session.ends is None:
        return None
    if told is not None and not told.cancelled and (told.starts, told.ends) == (session.starts, session.ends):
        return None
    sequence = 0 if told is None else told.sequence + 1
    reason = "invited" if told is None else "invited again" if told.cancelled else "the session has moved"
    terms = InviteTerms(
        uid=uid_of(setting.prepared.ruleset.client, session.id, person),
        sequence=sequence,
        method=InviteMethod.REQUEST,
        starts=session.starts,
        ends=session.ends,
    )
    return _Notice(session, person, terms, f"{reason}: session {session.number} on {setting.index.day_of(session)}")


def _cancel(setting: Setting, invite: SentInvite) -> _Notice:
    session = setting.index.register.sessions.get(invite.session)
    gone = session is None or session.status is not SessionStatus.CONFIRMED
    pod, _, number = invite.session.rpartition("/")
    terms = InviteTerms(
        uid=uid_of(setting.prepared.ruleset.client, invite.session, invite.person),
        sequence=invite.sequence + 1,
        method=InviteMethod.CANCEL,
        starts=invite.starts,
        ends=invite.ends,
    )
    reason = "the session is off" if gone else "no longer of this session"
    return _Notice(session or Session(pod=pod, number=int(number), topic=""), invite.person, terms, reason)
