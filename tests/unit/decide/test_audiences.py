"""For whom an occurrence is."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from convener.decide.audiences import Addressee, addressees
from convener.decide.index import Index
from convener.decide.moments.lateness import Fate
from convener.decide.moments.moment import Moment
from convener.decide.moments.timing import Life
from convener.decide.occurrences import Occurrence
from convener.decide.setting import Setting, Window
from convener.model import Management, Register

NOW = datetime(2027, 1, 21, 9, tzinfo=UTC)


def addressed(world: Any, register: Register, subject: str, **automation: Any) -> list[Addressee]:
    """Return whom an automation about *subject* goes to."""
    prepared = world.prepared(world.automation("session.held", **automation))
    setting = Setting(prepared, Index.of(prepared, register), Window(NOW, NOW))
    moment = Moment(subject=subject, session=register.sessions.get(subject))
    occurrence = Occurrence(moment=moment, due=NOW, slot="s", life=Life("Europe/London"), deadline=None, fate=Fate.SEND)
    return addressees(setting, prepared.automations[0], occurrence)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("participant", ["ann", "ben", "cat"]),
        ("manager", ["max@acme.example", "mia@acme.example"]),
        ("coach", ["cox@coaches.example"]),
        ("sponsor", ["sol@acme.example"]),
        ("member", ["ann", "ben", "cat", "cox@coaches.example"]),
        ("everyone", ["ann", "ben", "cat", "cox@coaches.example", "max@acme.example", "mia@acme.example"]),
    ],
)
@pytest.mark.parametrize("subject", ["lead/north/1", "lead"])
def test_each_word_means_its_people(world: Any, word: str, expected: list[str], subject: str) -> None:
    """R28: of a session and of the programme."""
    found = addressed(world, world.register(), subject, for_each=word)

    assert expected == [each.recipient for each in found]


def test_a_manager_hears_once_of_all_of_theirs_who_match(world: Any) -> None:
    """R17: one toolkit for each manager and session, about those who were there."""
    register = world.register(attendance=world.attended("lead/north/1", ann="attended", ben="attended", cat="missed"))

    found = addressed(world, register, "lead/north/1", for_each="manager", when=["attendance.present"])

    assert [Addressee("mia@acme.example", ("ann", "ben"))] == found


def test_the_manager_in_post_on_the_date_is_the_one_who_hears(world: Any) -> None:
    """R17: a manager who came after the session does not get its toolkit."""
    register = world.register()
    rows = [replace(row, until=date(2027, 1, 20)) if row.person == "cat" else row for row in register.managements]
    later = Management(person="cat", manager="mia@acme.example", since=date(2027, 1, 20))

    found = addressed(world, replace(register, managements=(*rows, later)), "lead/north/1", for_each="manager")

    assert Addressee("max@acme.example", ("cat",)) in found


def test_unknown_is_not_true(world: Any) -> None:
    """Nobody is written to about an attendance that was not recorded."""
    assert [] == addressed(world, world.register(), "lead/north/1", when=["attendance.present"])


def test_the_others_of_a_pod_sit_in_another_zone(world: Any) -> None:
    """P6: an occurrence is for those who live by its clock."""
    register = world.register()
    people = {**register.people, "ben": world.person("ben", zone="Asia/Singapore")}

    found = addressed(world, replace(register, people=people), "lead/north/1")

    assert ["ann", "cat"] == [each.recipient for each in found]
