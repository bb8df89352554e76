"""A small world to decide over: one pod of three, two managers, a coach, two sessions, live since December."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal

import pytest

from convener.decide import Prepared, prepare
from convener.errors import Place
from convener.model import (
    Attendance,
    Coach,
    Coaching,
    Enrolment,
    Event,
    Management,
    Membership,
    ParticipantStatus,
    Person,
    Plan,
    Pod,
    ProgrammeState,
    Register,
    SentInvite,
    Session,
    SessionStatus,
    Span,
    Verb,
    event_of,
)
from convener.rulesets.kinds import KINDS
from convener.rulesets.ruleset import Automation, Clause, Poll, RosterPlan, Rule, Ruleset, SessionPlan, Sponsor, Step

PollKind = Literal["questions", "dates", "register"]
PLACE = Place("acme.toml", 7, 3)
POD = "lead/north"
LIVE = datetime(2026, 12, 1, 9, tzinfo=UTC)


class World:
    """Makes rulesets and registers; everything has a default."""

    place = PLACE
    pod = POD
    live = LIVE
    scope = "acme/lead"

    def automation(self, on: str, *do: Step, **more: Any) -> Automation:
        """Make an automation that sends a reminder to participants unless told otherwise."""
        when = tuple(Clause(source=source, place=PLACE) for source in more.pop("when", ()))
        steps = do or (self.step("send", "reminder"),)
        defaults: dict[str, Any] = {"id": "remind", "for_each": "participant"}
        return Automation(on=on, when=when, steps=steps, place=PLACE, **{**defaults, **more})

    def step(self, verb: str, what: str, *via: str, **more: Any) -> Step:
        """Make a step, by mail unless told otherwise."""
        return Step(verb=Verb(verb), what=what, via=via or ("email",), **more)

    def rule(self, kind: str, *, identity: str = "", inflexible: bool = True, **terms: Any) -> Rule:
        """Make a rule of *kind*."""
        made = KINDS[kind].model_validate(terms)
        return Rule(id=identity or kind, kind=kind, inflexible=inflexible, terms=made, place=PLACE)

    def poll(self, identity: str, kind: PollKind = "questions", closes: str = "10 days") -> Poll:
        """Make a poll."""
        return Poll(id=identity, kind=kind, closes=Span.parse(closes), place=PLACE)

    def ruleset(self, *automations: Automation, rules: tuple[Rule, ...] = (), **more: Any) -> Ruleset:
        """Make a ruleset of *automations* and *rules*."""
        polls = [self.poll("availability", "dates"), self.poll("engagement"), self.poll("register", "register")]
        made = Ruleset(
            client="acme",
            client_name="Acme",
            programme="lead",
            title="Leading",
            zone="Europe/London",
            locale="en-GB",
            holidays="GB-ENG",
            wording={},
            stack={"email": ("mail",), "text": ("sms",), "calendar": ("mail",), "reports": ("pages", "sheet")},
            sponsors=(Sponsor(name="Sol", email="sol@acme.example"),),
            starts=date(2027, 1, 18),
            sessions=SessionPlan(count=2, length=Span.parse("1 day")),
            topics=("Contracting", "Access"),
            pod_chooses=0,
            topics_from=(),
            roster=RosterPlan(path="acme.csv"),
            coaches=None,
            rules={rule.id: rule for rule in rules},
            automations={automation.id: automation for automation in automations},
            polls={poll.id: poll for poll in polls},
            files=(PLACE.file,),
            waivers={},
        )
        return replace(made, **more)

    def prepared(self, *automations: Automation, rules: tuple[Rule, ...] = (), **more: Any) -> Prepared:
        """Prepare a ruleset of *automations* and *rules*."""
        return prepare(self.ruleset(*automations, rules=rules, **more))

    def session(self, number: int, starts: datetime, pod: str = POD, **more: Any) -> Session:
        """Make a confirmed session of eight hours."""
        defaults: dict[str, Any] = {"status": SessionStatus.CONFIRMED, "ends": starts + timedelta(hours=8)}
        return Session(pod=pod, number=number, topic="Access", starts=starts, **{**defaults, **more})

    def person(self, identity: str, **more: Any) -> Person:
        """Make a person who can be reached by mail and telephone."""
        email = identity if "@" in identity else f"{identity}@acme.example"
        return Person(id=identity, name=f"{identity.title()} Hall", email=email, mobile="+447700900000", **more)

    def register(self, *events: Event, **more: Any) -> Register:
        """Make the register; *events* come after the programme went live."""
        joined = date(2026, 11, 1)
        reports = {"ann": "mia@acme.example", "ben": "mia@acme.example", "cat": "max@acme.example"}
        people = [*reports, *reports.values(), "cox@coaches.example", "dan@coaches.example"]
        sessions = [
            self.session(1, datetime(2027, 1, 19, 9, tzinfo=UTC)),
            self.session(2, datetime(2027, 3, 2, 9, tzinfo=UTC)),
        ]
        active = ParticipantStatus.ACTIVE
        made = Register(
            client="acme",
            programme="lead",
            state=ProgrammeState.LIVE,
            people={name: self.person(name) for name in people},
            coaches={name: Coach(id=name) for name in ("cox@coaches.example", "dan@coaches.example")},
            enrolments=tuple(Enrolment(person=name, status=active, since=joined) for name in reports),
            memberships=tuple(Membership(person=name, pod=POD, since=joined) for name in reports),
            managements=tuple(Management(person=n, manager=m, since=joined) for n, m in reports.items()),
            coachings=(Coaching(pod=POD, coach="cox@coaches.example", since=joined),),
            pods={POD: Pod(id=POD, name="North")},
            sessions={session.id: session for session in sessions},
            events=(event_of("programme.live", "acme/lead", "lead", at=LIVE), *events),
        )
        return replace(made, **more)

    def event(self, name: str, subject: str, at: datetime, person: str = "") -> Event:
        """Make an event of this programme."""
        return event_of(name, "acme/lead", subject, at=at, person=person)

    def attended(self, session: str, **statuses: str) -> dict[tuple[str, str], Attendance]:
        """Make the attendance of one session, a status for each person."""
        return {(session, who): Attendance(session=session, person=who, status=s) for who, s in statuses.items()}

    def told(self, register: Register, plan: Plan) -> Register:
        """Return *register* as it is once the invites of *plan* have gone out."""
        sent = {
            (d.session, d.recipient): SentInvite(
                session=d.session,
                person=d.recipient,
                sequence=d.invite.sequence,
                starts=d.invite.starts,
                ends=d.invite.ends,
                cancelled=d.invite.method.value == "CANCEL",
            )
            for d in plan.dispatches
            if d.invite
        }
        return replace(register, invites={**register.invites, **sent})


@pytest.fixture
def world() -> World:
    """Give the small world."""
    return World()
