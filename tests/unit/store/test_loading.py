"""Loading a register."""

from dataclasses import replace
from datetime import date

from convener.model import ParticipantStatus, Register, event_of
from convener.store import Store


def test_a_rich_register_comes_back_as_it_was(store: Store, empty: Register, rich: Register) -> None:
    """Every field survives the way to the database and back, notes included when asked for (R3)."""
    happened = [event_of("programme.live", "north/care", "care", at=rich.cursor, pods="2")]
    with store.begin() as tx:
        tx.save(empty, rich, happened)
    with store.begin() as tx:
        loaded = tx.load("north", "care", notes=True)

    assert tuple(happened) == loaded.events
    for field in ("enrolments", "memberships", "managements", "coachings"):
        assert sorted(map(repr, getattr(rich, field))) == sorted(map(repr, getattr(loaded, field)))
    dated = dict.fromkeys(("enrolments", "memberships", "managements", "coachings", "events"), ())
    assert replace(rich, **dated) == replace(loaded, **dated)


def test_notes_stay_away_unless_asked_for(store: Store, empty: Register, rich: Register) -> None:
    """A confidential note reaches nobody by accident, and saving without it keeps it."""
    with store.begin() as tx:
        tx.save(empty, rich)
    with store.begin() as tx:
        plain = tx.load("north", "care")
        key = next(key for key, row in rich.attendance.items() if row.note)
        late = replace(plain.attendance[key], status="late")
        tx.save(plain, replace(plain, attendance={**plain.attendance, key: late}))

    assert {""} == {row.note for row in plain.attendance.values()}
    with store.begin() as tx:
        assert replace(late, note="burnt out") == tx.load("north", "care", notes=True).attendance[key]


def test_the_register_can_be_read_as_of_any_day(store: Store, empty: Register, rich: Register) -> None:
    """Pod, coach, manager and status are those of the day asked for."""
    with store.begin() as tx:
        tx.save(empty, rich)
        loaded = tx.load("north", "care")
    spring, autumn = date(2027, 3, 1), date(2027, 10, 1)
    ben = "ben@north.example"

    assert [("care/tyne"), ("care/wear")] == [loaded.pod_of(ben, spring), loaded.pod_of(ben, autumn)]
    assert "mia@north.example" == loaded.manager_of("E-001", spring)
    assert "max@north.example" == loaded.manager_of("E-001", autumn)
    assert "cy@north.example" == loaded.coach_of("care/tyne", autumn)
    assert ParticipantStatus.ACTIVE == loaded.status_of("E-001", date(2027, 6, 1))
    assert ["E-001"] == loaded.members("care/tyne", autumn)


def test_an_unknown_programme_is_an_empty_draft(store: Store, empty: Register) -> None:
    """Loading what nobody saved yet gives a register to begin with."""
    with store.begin() as tx:
        assert empty == tx.load("north", "care")
