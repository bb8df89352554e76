"""Where facts come from."""

from datetime import UTC, datetime
from typing import Any

from convener.decide.facts import PROVIDERS, Scene, gather
from convener.decide.index import Index
from convener.decide.moments.moment import Moment
from convener.decide.prepared import statuses_of
from convener.expressions import CATALOGUE
from convener.model import PollRequest, Register

AT = datetime(2027, 1, 18, 9, tzinfo=UTC)


def scene_of(
    world: Any, register: Register, person: str = "ann", session: str = "", poll: PollRequest | None = None
) -> Scene:
    """Set a scene for *person* at a session, with a poll."""
    ruleset = world.ruleset()
    index = Index(register, ruleset, statuses_of(ruleset))
    moment = Moment(subject=session or "lead", session=register.sessions.get(session), poll=poll)
    return Scene(index=index, moment=moment, person=person, at=AT)


def test_every_fact_of_the_catalogue_has_one_source() -> None:
    """P15: what check accepts, decide can answer."""
    assert set(CATALOGUE) == set(PROVIDERS)


def test_facts_have_the_type_the_catalogue_promises(world: Any) -> None:
    """A value is of its type, or None where the catalogue says so."""
    register = world.register(attendance=world.attended("lead/north/1", ann="attended"))
    poll = PollRequest(poll="engagement", subject="lead/north/1", person="ann", opened=AT, closes=AT.replace(day=25))

    full = gather(PROVIDERS, scene_of(world, register, session="lead/north/1", poll=poll))
    bare = gather(PROVIDERS, scene_of(world, register, person=""))

    assert [] == [n for n, v in full.items() if v is None or not CATALOGUE[n].accepts(v)]
    assert [] == [n for n, v in bare.items() if v is None and not CATALOGUE[n].nullable]


def test_apologies_excuse_before_the_session_and_silence_does_not(world: Any) -> None:
    """R15: that nobody apologised is known; whether somebody came is not."""
    register = world.register(attendance=world.attended("lead/north/1", ann="apologies"))

    sorry = gather(["attendance.excused", "attendance.present"], scene_of(world, register, "ann", "lead/north/1"))
    silent = gather(["attendance.excused", "attendance.present"], scene_of(world, register, "ben", "lead/north/1"))

    assert {"attendance.excused": True, "attendance.present": False} == sorry
    assert {"attendance.excused": False, "attendance.present": None} == silent


def test_missed_sessions_are_counted_up_to_the_one_in_question(world: Any) -> None:
    """A streak ends with the session the moment is about."""
    both = {**world.attended("lead/north/1", ann="missed"), **world.attended("lead/north/2", ann="apologies")}
    register = world.register(attendance=both)
    names = ["attendance.missed_in_row", "attendance.rate"]

    first = gather(names, scene_of(world, register, session="lead/north/1"))
    second = gather(names, scene_of(world, register, session="lead/north/2"))

    assert {"attendance.missed_in_row": 1, "attendance.rate": 0.0} == first
    assert {"attendance.missed_in_row": 2, "attendance.rate": 0.0} == second


def test_the_manager_is_the_one_in_post_on_the_day(world: Any) -> None:
    """R17: somebody without a manager is known to have none."""
    register = world.register(managements=())

    assert {"manager.known": False} == gather(["manager.known"], scene_of(world, register))
