"""What a message speaks of: the view of the register that one dispatch's template sees."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from convener.model import Dispatch, ParticipantStatus, Person, Register, Session, SessionStatus, on
from convener.operations.workspace import local_day
from convener.rendering.context import (
    MessageContext,
    PersonView,
    PodView,
    PollView,
    ProgrammeView,
    QuestionView,
    Role,
    SessionView,
    WordView,
)
from convener.rulesets.kinds import AttendanceStatus
from convener.rulesets.ruleset import Question, Ruleset


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who signs the messages of this workspace."""

    name: str
    email: str


@dataclass(frozen=True)
class Scene:
    """One dispatch among the people and sessions it is about."""

    ruleset: Ruleset
    register: Register
    dispatch: Dispatch
    known: dict[Hashable, Any] = field(default_factory=dict[Hashable, Any], repr=False, compare=False)
    """What has been looked up already; the scenes of one register share it."""

    def once(self, what: Hashable, look_up: Callable[[], Any]) -> Any:
        """Return what *look_up* finds, looked up once for all scenes of the register."""
        if what not in self.known:
            self.known[what] = look_up()
        return self.known[what]

    def status_of(self, person: str) -> ParticipantStatus | None:
        """Return what *person* is to the programme on the day it speaks of."""
        found: Mapping[str, ParticipantStatus] = self.once(("statuses", self.day), self._statuses)
        return found.get(person)

    def _statuses(self) -> Mapping[str, ParticipantStatus]:
        return {row.person: row.status for row in reversed(on(self.register.enrolments, self.day))}

    @cached_property
    def recipient(self) -> Person:
        """Whom the dispatch goes to; a sponsor may stand in the rules only."""
        known = self.register.people.get(self.dispatch.recipient)
        return known or next(
            Person(id=sponsor.email, name=sponsor.name, email=sponsor.email)
            for sponsor in self.ruleset.sponsors
            if sponsor.email == self.dispatch.recipient
        )

    @cached_property
    def session(self) -> Session | None:
        """The session it speaks of."""
        return self.register.sessions.get(self.dispatch.session)

    @cached_property
    def day(self) -> date:
        """The day it speaks of: the session's, otherwise that of the dispatch."""
        session = self.session
        instant = session.starts if session and session.starts else self.dispatch.due
        found: date = self.once(("day", instant), lambda: local_day(instant, self.ruleset))
        return found

    @cached_property
    def pod(self) -> str | None:
        """Id of the pod it speaks of."""
        session = self.session
        return session.pod if session else self.register.pod_of(self.dispatch.recipient, self.day)

    @cached_property
    def role(self) -> Role:
        """What the recipient is to the programme in this dispatch."""
        recipient, people = self.dispatch.recipient, self.dispatch.people
        if self.status_of(recipient) and (not people or recipient in people):
            return "participant"
        coaches = self.once("coaches", lambda: {row.coach for row in self.register.coachings})
        if recipient in coaches and recipient not in self._managers_of(people):
            return "coach"
        return "sponsor" if recipient in {sponsor.email for sponsor in self.ruleset.sponsors} else "manager"

    def manager_of(self, person: str) -> str | None:
        """Return the line manager of *person* on the day it speaks of."""
        found: Mapping[str, str] = self.once(("managers", self.day), self._managers)
        return found.get(person)

    def _managers(self) -> Mapping[str, str]:
        return {row.person: row.manager for row in reversed(on(self.register.managements, self.day))}

    def _managers_of(self, people: Iterable[str]) -> set[str | None]:
        return {self.manager_of(person) for person in people}


def message_context(scene: Scene, sender: Sender) -> MessageContext:
    """Return everything the template of this dispatch may speak of."""
    ruleset, register = scene.ruleset, scene.register
    recipient, role, pod = scene.recipient, scene.role, scene.pod
    upcoming = _upcoming(scene)
    coach = scene.once(("coach", pod, scene.day), lambda: _coach(scene, pod))
    participant = _participant(scene)
    manager = register.people.get(scene.manager_of(participant.id) or "") if participant else None
    return {
        "recipient": {"name": recipient.name, "first_name": recipient.first_name, "role": role},
        "participant": {"name": participant.name, "first_name": participant.first_name} if participant else None,
        "people": _people(scene),
        "session": _session(scene, scene.session) if scene.session else None,
        "next_session": upcoming[0] if upcoming else None,
        "sessions": upcoming,
        "moved_from": _moved_from(scene),
        "pod": scene.once(("pod", pod, scene.day), lambda: _pod(scene, pod)),
        "coach": {"name": coach.name, "email": coach.email} if coach else None,
        "manager": {"name": manager.name} if manager else None,
        "programme": scene.once("programme", lambda: _programme(scene)),
        "sponsor": {"name": ruleset.sponsors[0].name} if ruleset.sponsors else None,
        "poll": _poll(scene),
        "statuses": scene.once("statuses", lambda: _statuses(ruleset)),
        "ground_rules": [],
        "actions": [],
        "attachments": [],
        "report": None,
        "word": scene.once("words", lambda: _words(ruleset)),
        "sender": {"name": sender.name, "email": sender.email},
    }


def _coach(scene: Scene, pod: str | None) -> Person | None:
    return scene.register.people.get(scene.register.coach_of(pod, scene.day) or "") if pod else None


def _programme(scene: Scene) -> ProgrammeView:
    ruleset = scene.ruleset
    return {
        "title": ruleset.title,
        "client": ruleset.client_name,
        "starts": ruleset.starts,
        "ends": _last_day(scene),
        "sessions": ruleset.sessions.count,
        "length": str(ruleset.sessions.length),
    }


def _statuses(ruleset: Ruleset) -> list[str]:
    return [status for _, terms in ruleset.rules_of(AttendanceStatus) for status in terms.statuses]


def _words(ruleset: Ruleset) -> WordView:
    return {
        "pod": ruleset.word("pod"),
        "coach": ruleset.word("coach"),
        "session": ruleset.word("session"),
        "participant": ruleset.word("participant"),
        "manager": ruleset.word("manager"),
    }


def _participant(scene: Scene) -> Person | None:
    """Return the recipient when that is a participant, otherwise the one participant spoken of, if it is one."""
    if scene.role == "participant":
        return scene.recipient
    spoken_of = scene.dispatch.people
    return scene.register.people[spoken_of[0]] if len(spoken_of) == 1 else None


def _people(scene: Scene) -> list[PersonView]:
    """Return a manager's own participants the dispatch speaks of, or the members on a coach's register."""
    ids = scene.dispatch.people
    if not ids and scene.role == "coach" and scene.pod:
        ids = tuple(scene.register.members(scene.pod, scene.day))
    return [_person(scene, id_) for id_ in sorted(ids, key=lambda id_: scene.register.people[id_].name)]


def _person(scene: Scene, id_: str) -> PersonView:
    person, attended = scene.register.people[id_], scene.register.attendance.get((scene.dispatch.session, id_))
    return {"name": person.name, "first_name": person.first_name, "status": attended.status if attended else None}


def _pod(scene: Scene, pod: str | None) -> PodView | None:
    register = scene.register
    if pod is None or pod not in register.pods:
        return None
    ids = [id_ for id_ in register.members(pod, scene.day) if scene.status_of(id_) is ParticipantStatus.ACTIVE]
    names = sorted(register.people[id_].name for id_ in ids)
    return {"name": register.pods[pod].name, "members": [{"name": name} for name in names]}


def _session(scene: Scene, session: Session) -> SessionView:
    pod = scene.register.pods.get(session.pod)
    return {
        "number": session.number,
        "count": scene.ruleset.sessions.count,
        "topic": session.topic,
        "starts": session.starts,
        "ends": session.ends,
        "pod": pod.name if pod else session.pod,
    }


def _upcoming(scene: Scene) -> list[SessionView]:
    """Return confirmed sessions of the pod after the one spoken of, or after the dispatch falls due."""
    if not scene.pod:
        return []
    after: datetime = scene.session.starts if scene.session and scene.session.starts else scene.dispatch.due
    found: list[SessionView] = scene.once(("sessions", scene.pod, after), lambda: _sessions(scene, after))
    return found


def _sessions(scene: Scene, after: datetime) -> list[SessionView]:
    sessions = scene.register.sessions_of(scene.pod or "")
    ahead = [s for s in sessions if s.status is SessionStatus.CONFIRMED and s.starts is not None and s.starts > after]
    return [_session(scene, session) for session in ahead]


def _last_day(scene: Scene) -> date | None:
    ends = [session.ends for session in scene.register.sessions.values() if session.ends]
    return local_day(max(ends), scene.ruleset) if ends else None


def _moved_from(scene: Scene) -> datetime | None:
    sent = scene.register.invites.get((scene.dispatch.session, scene.dispatch.recipient))
    terms = scene.dispatch.invite
    return sent.starts if sent and terms and sent.starts != terms.starts else None


def _poll(scene: Scene) -> PollView | None:
    """Return the poll that opens with this dispatch, or the open one it chases."""
    dispatch = scene.dispatch
    request = scene.register.polls.get((dispatch.poll, dispatch.subject, dispatch.recipient))
    if request is None:
        return None
    poll = scene.ruleset.polls[request.poll]
    return {
        "id": poll.id,
        "title": poll.id.replace("-", " "),
        "kind": poll.kind,
        "questions": [_question(question) for question in poll.questions],
        "closes": request.closes,
        "anonymous": poll.anonymous,
    }


def _question(question: Question) -> QuestionView:
    return {
        "id": question.id,
        "ask": question.ask,
        "kind": "scale" if question.scale else "choices" if question.choices else "text",
        "scale": question.scale,
        "choices": question.choices,
        "text": question.text,
    }
