"""Stores on both databases, and the smallest world worth storing."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from convener.model import (
    Attachment,
    Attendance,
    Coach,
    Coaching,
    DateRange,
    Dispatch,
    DispatchState,
    Enrolment,
    InviteMethod,
    InviteTerms,
    Management,
    Membership,
    Parcel,
    ParticipantStatus,
    Person,
    Pod,
    PollRequest,
    ProgrammeState,
    Register,
    Session,
    SessionStatus,
    Verb,
)
from convener.store import Entry, Store

START = date(2027, 1, 18)
NOON = datetime(2027, 1, 19, 12, tzinfo=UTC)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.integration)])
def url(request: pytest.FixtureRequest) -> str:
    """Give the URL of an empty database, of each kind."""
    if request.param == "sqlite":
        return "sqlite:///convener.db"
    found: str = request.getfixturevalue("postgresql_url")
    return found


@pytest.fixture
def store(url: str, tmp_path: Path) -> Iterator[Store]:
    """Give an open store, empty."""
    opened = Store.open(url, workspace=tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def sqlite_store(tmp_path: Path) -> Iterator[Store]:
    """Give an open store on SQLite, in `convener.db` of the test's folder."""
    opened = Store.open("sqlite:///convener.db", workspace=tmp_path)
    yield opened
    opened.close()


def _person(name: str, **more: Any) -> Person:
    return Person(id=f"{name}@north.example", name=name.title(), email=f"{name}@north.example", **more)


@pytest.fixture
def empty() -> Register:
    """Give the register of a programme nobody has heard of."""
    return Register(client="north", programme="care")


@pytest.fixture
def rich(empty: Register) -> Register:
    """Give a register that uses every field there is."""
    ana = Person(
        id="E-001",
        name="Ana Ó Briain",
        email="ana@north.example",
        mobile="+44 7700 900001",
        zone="Europe/London",
        holidays="GB-ENG",
        attributes={"region": "Tyneside", "grade": "8a", "motto": "café ☕ “yes”"},
    )
    people = [ana, _person("ben"), _person("mia"), _person("max"), _person("cat"), _person("cy")]
    ben, mia, max_, cat, cy = (person.id for person in people[1:])
    later, autumn = date(2027, 6, 1), date(2027, 9, 1)
    active, seconded = ParticipantStatus.ACTIVE, ParticipantStatus.SECONDED
    first = Session(
        pod="care/tyne",
        number=1,
        topic="Contracting",
        status=SessionStatus.HELD,
        starts=NOON - timedelta(hours=3),
        ends=NOON + timedelta(hours=5),
        zone="Europe/London",
    )
    second = Session(pod="care/tyne", number=2, topic="Access")
    return replace(
        empty,
        state=ProgrammeState.LIVE,
        cursor=NOON,
        people={person.id: person for person in people},
        coaches={
            cat: Coach(
                id=cat, max_pods=2, accredited=frozenset({"EMCC", "ICF"}), years=7, away=(DateRange(START, later),)
            ),
            cy: Coach(id=cy),
        },
        enrolments=(
            Enrolment(person="E-001", status=active, since=START, until=later, origin="roster.csv:2"),
            Enrolment(person=ben, status=active, since=START),
            Enrolment(person="E-001", status=seconded, since=later, until=later, reason="called back at once"),
            Enrolment(person="E-001", status=active, since=later),
        ),
        memberships=(
            Membership(person="E-001", pod="care/tyne", since=START),
            Membership(person=ben, pod="care/tyne", since=START, until=later),
            Membership(person=ben, pod="care/wear", since=later),
        ),
        managements=(
            Management(person="E-001", manager=mia, since=START, until=autumn),
            Management(person="E-001", manager=max_, since=autumn),
        ),
        coachings=(
            Coaching(pod="care/tyne", coach=cat, since=START, until=autumn),
            Coaching(pod="care/tyne", coach=cy, since=autumn),
        ),
        pods={
            "care/tyne": Pod(id="care/tyne", name="Tyne", frozen=True),
            "care/wear": Pod(id="care/wear", name="Wear"),
        },
        sessions={first.id: first, second.id: second},
        attendance={
            (first.id, "E-001"): Attendance(
                session=first.id, person="E-001", status="present", engagement=4, note="burnt out", source="r.csv:2"
            ),
            (first.id, ben): Attendance(session=first.id, person=ben, status="apologies"),
        },
        polls={
            ("pulse", first.id, ben): PollRequest(
                poll="pulse", subject=first.id, person=ben, opened=NOON, closes=NOON + timedelta(days=7)
            ),
        },
    )


@pytest.fixture
def dispatch() -> Callable[..., Dispatch]:
    """Give a maker of dispatches, one for each slot."""

    def make(slot: str = "2027-01-15T09:00", **more: Any) -> Dispatch:
        told: dict[str, Any] = {
            "client": "north",
            "programme": "care",
            "automation": "remind",
            "step": "send.reminder.email",
            "subject": "care/tyne/1",
            "recipient": "E-001",
            "channel": "email",
            "connector": "mail",
            "due": NOON,
            "reason": "two days before",
            "verb": Verb.SEND,
            "what": "reminder",
            "session": "care/tyne/1",
        }
        return Dispatch(slot=slot, **{**told, **more})

    return make


@pytest.fixture
def entry(dispatch: Callable[..., Dispatch]) -> Callable[..., Entry]:
    """Give a maker of ledger entries that carry a small parcel."""

    def make(slot: str = "2027-01-15T09:00", state: DispatchState = DispatchState.READY, **more: Any) -> Entry:
        parcel = Parcel(message_id=f"<{slot}@convener>", to_name="Ana", to_email="ana@north.example", text="soon")
        return dispatch(slot, **more), parcel, state

    return make


@pytest.fixture
def invite(dispatch: Callable[..., Dispatch]) -> Callable[..., Dispatch]:
    """Give a maker of invites by sequence."""

    def make(sequence: int, *, starts: datetime = NOON, method: InviteMethod = InviteMethod.REQUEST) -> Dispatch:
        terms = InviteTerms(
            uid="u@convener", sequence=sequence, method=method, starts=starts, ends=starts + timedelta(hours=2)
        )
        return dispatch(f"seq-{sequence}", automation="invites", step="invite.session.calendar", invite=terms)

    return make


@pytest.fixture
def parcel() -> Parcel:
    """Give a parcel that uses every field there is."""
    return Parcel(
        message_id="<1@convener>",
        to_name="Ana Ó Briain",
        to_email="ana@north.example",
        to_mobile="+44 7700 900001",
        subject="Tomorrow",
        text="See you.\r\n",
        html="<p>See you.</p>",
        calendar="BEGIN:VCALENDAR",
        calendar_method=InviteMethod.REQUEST,
        attachments=(Attachment(name="kit.pdf", content=bytes(range(256)), media_type="application/pdf"),),
        headers={"List-Unsubscribe": "<mailto:stop@north.example>"},
    )
