"""A dispatch as if it were due now: what a message would say to somebody although nothing of it is ahead."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from convener.decide import Prepared
from convener.decide.audiences import PARTS
from convener.decide.invites import uid_of
from convener.decide.moments.timing import shifted
from convener.decide.prepared import PreparedAutomation
from convener.model import (
    Dispatch,
    InviteMethod,
    InviteTerms,
    PollRequest,
    Register,
    Session,
    SessionStatus,
    Verb,
    on,
)
from convener.operations.workspace import local_day
from convener.rulesets.ruleset import Step

INVITES = {"invite-request": 0, "invite-update": 1, "invite-cancel": 2}
"""The messages that go with an invite, and a sequence it may have then."""
CANCELS = INVITES["invite-cancel"]
ABOUT_SESSIONS = ("session.", "attendance.")
"""Beginnings of facts that speak of a session."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way in which a message goes out."""

    automation: PreparedAutomation
    step: Step
    channel: str

    @property
    def messages(self) -> tuple[str, ...]:
        """The messages that go out so."""
        return tuple(INVITES) if self.step.verb is Verb.INVITE else (self.step.what,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pretence:
    """Somebody in a programme at a moment at which a message is to be shown."""

    prepared: Prepared
    register: Register
    person: str
    """Their id."""
    at: datetime

    @property
    def day(self) -> date:
        """The programme's day."""
        return local_day(self.at, self.prepared.ruleset)

    @property
    def roles(self) -> frozenset[str]:
        """What they are to the programme on that day."""
        register, day = self.register, self.day
        held = {
            "participant": self.person in register.participants(day),
            "manager": any(row.manager == self.person for row in on(register.managements, day)),
            "coach": any(row.coach == self.person for row in on(register.coachings, day)),
            "sponsor": any(sponsor.email == self.person for sponsor in self.prepared.ruleset.sponsors),
        }
        return frozenset(role for role, holds in held.items() if holds)

    def is_for(self, way: Way) -> bool:
        """Tell whether they are of the audience of *way*, whatever its clauses say."""
        word = way.automation.automation.for_each
        return not self.roles.isdisjoint(PARTS.get(word, (word,)))

    def dispatch(self, way: Way, sequence: int = 0) -> Dispatch:
        """Return what would go out *way* now; of a session, the next one of their pod or else the last."""
        automation, step = way.automation, way.step
        session = self._session() if _is_about_sessions(way) else None
        ruleset = self.prepared.ruleset
        return Dispatch(
            client=ruleset.client,
            programme=ruleset.programme,
            automation=automation.automation.id,
            step=f"{step.verb}.{step.what}.{way.channel}",
            subject=session.id if session else ruleset.programme,
            slot="preview",
            recipient=self.person,
            channel=way.channel,
            connector=next(iter(ruleset.stack.get(way.channel, ())), ""),
            due=self.at,
            reason=automation.automation.on,
            verb=step.verb,
            what=step.what,
            people=self._people(automation, session),
            session=session.id if session else "",
            poll=self._poll(automation, step),
            attach=step.attach,
            invite=self._terms(session, sequence) if step.verb is Verb.INVITE and session else None,
        )

    def asked(self, dispatch: Dispatch) -> Register:
        """Return the register with the poll open that *dispatch* asks or chases."""
        if not dispatch.poll:
            return self.register
        identity = (dispatch.poll, dispatch.subject, self.person)
        ruleset, poll = self.prepared.ruleset, self.prepared.ruleset.polls[dispatch.poll]
        closes = shifted(self.at, poll.closes, 1, ruleset.zone, self.prepared.holidays)
        request = PollRequest(poll=identity[0], subject=identity[1], person=identity[2], opened=self.at, closes=closes)
        return replace(self.register, polls={**self.register.polls, identity: request})

    def _poll(self, automation: PreparedAutomation, step: Step) -> str:
        if step.verb is Verb.POLL:
            return step.what
        if not automation.ranges_over_polls:
            return ""
        words = " ".join((automation.automation.on, *(clause.source for clause in automation.clauses)))
        polls = self.prepared.ruleset.polls
        return next((poll for poll in polls if f"'{poll}'" in words or f'"{poll}"' in words), next(iter(polls), ""))

    def _people(self, automation: PreparedAutomation, session: Session | None) -> tuple[str, ...]:
        """Return whom it speaks of: themselves, or a manager's people, of *session* if it is about one."""
        parts = PARTS.get(automation.automation.for_each, (automation.automation.for_each,))
        if "participant" in parts and "participant" in self.roles:
            return (self.person,)
        if "manager" not in parts:
            return ()
        theirs = [row.person for row in on(self.register.managements, self.day) if row.manager == self.person]
        pods = {who: self.register.pod_of(who, self.day) for who in theirs}
        return tuple(sorted(who for who in theirs if session is None or pods[who] == session.pod))

    def _terms(self, session: Session, sequence: int) -> InviteTerms | None:
        if session.starts is None or session.ends is None:
            return None
        return InviteTerms(
            uid=uid_of(self.prepared.ruleset.client, session.id, self.person),
            sequence=sequence,
            method=InviteMethod.CANCEL if sequence == CANCELS else InviteMethod.REQUEST,
            starts=session.starts,
            ends=session.ends,
        )

    def _session(self) -> Session | None:
        ahead: list[Session] = []
        past: list[Session] = []
        for pod in self._pods():
            for session in self.register.sessions_of(pod):
                if session.starts is not None and session.status is not SessionStatus.CANCELLED:
                    (ahead if session.starts > self.at else past).append(session)
        first = min(ahead, key=lambda one: one.starts or self.at, default=None)
        return first or max(past, key=lambda one: one.starts or self.at, default=None)

    def _pods(self) -> Iterator[str]:
        """Yield their pod, those they coach, and those of whom they manage."""
        day = self.day
        yield from (row.pod for row in on(self.register.coachings, day) if row.coach == self.person)
        theirs = {row.person for row in on(self.register.managements, day) if row.manager == self.person}
        yield from (row.pod for row in on(self.register.memberships, day) if row.person in {self.person, *theirs})


def _is_about_sessions(way: Way) -> bool:
    spoken = any(name.startswith(ABOUT_SESSIONS) for name in way.automation.names)
    return spoken or "session." in way.automation.automation.on or way.step.verb is Verb.INVITE
