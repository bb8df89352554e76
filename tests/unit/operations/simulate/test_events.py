"""Events files."""

from dataclasses import replace
from pathlib import Path

import pytest

from convener.decide.stage.happenings import Answered, Attended, GoLive
from convener.errors import DataError, InvalidError
from convener.model import (
    CancelSession,
    MovePod,
    MoveSession,
    NewManager,
    Promote,
    Return,
    Second,
    SwapCoach,
    Withdraw,
)
from convener.operations.simulate.events import EventTable, Ground, read_events
from convener.ports import Table, TableRow

KINDS = (
    'at = 2027-01-12T09:00:00\nwithdraw = "ann@acme.example"',
    'at = "Wed 2027-01-13 09:00"\nsecond = { who = "2", until = 2027-02-01, timezone = "Europe/Lisbon" }',
    'at = 2027-01-14T09:00:00\nreturn = "2"',
    'at = 2027-01-15T09:00:00\npromote = { who = "2", attributes = { grade = "8" } }',
    'at = 2027-01-15T09:00:00\nmanager = { who = "2", to = "max@acme.example" }',
    'at = 2027-01-15T09:00:00\npod = { who = "3", to = "north" }',
    'at = 2027-01-15T09:00:00\ncoach = { pod = "north", to = "cox@coaches.example" }',
    'at = 2027-01-15T09:00:00\nsession = { which = "north/2", to = 2027-03-03T09:00:00 }',
    'at = 2027-01-15T09:00:00\ncancel = "north/2"',
    'at = 2027-01-20T09:00:00\nattendance = { session = "north/1", others = "attended" }',
    'at = 2027-01-20T09:00:00\nanswer = { poll = "engagement", who = "2", about = "north/1" }',
    "at = 2027-01-20T09:00:00\ngo = true",
)


def no_register(path: Path) -> Table:
    """Stand for a workspace that has no register files."""
    raise DataError(f"{path.name} cannot be read", hint="is it there?")


@pytest.fixture
def ground(prepared, register, at) -> Ground:
    """Return what events are read against: the first half of 2027."""
    return Ground(
        prepared=prepared,
        register=register,
        since=at("2026-12-07"),
        until=at("2027-07-01"),
        read_register=no_register,
    )


def problems(path: Path, ground: Ground) -> list[str]:
    """Return what is wrong with the file, as a person reads it."""
    with pytest.raises(InvalidError) as caught:
        read_events(path, ground)
    return [str(problem).removeprefix(f"{path}:") for problem in caught.value.problems]


def test_everything_that_can_happen_can_be_written(write, ground, stage, at) -> None:
    """Each change, registers, answers and going live, in the words of a test's steps."""
    recorded = read_events(write(*KINDS), ground)
    made = [turn.happen(stage) for turn in recorded.turns]

    assert [
        Withdraw, Second, Return, Promote, NewManager, MovePod, SwapCoach, MoveSession, CancelSession,
        Attended, Answered, GoLive,
    ] == [type(one) for several in made for one in several]  # fmt: skip
    assert at("2027-01-12T09:00") == recorded.turns[0].at
    assert ({"lead/north/1"}, {("engagement", "lead/north/1", "2")}, True) == (
        recorded.sessions, recorded.answers, recorded.goes_live,
    )  # fmt: skip


def test_moments_are_on_the_programmes_wall_clock(write, ground, at) -> None:
    """Nine in London is eight in UTC in summer."""
    recorded = read_events(write('at = 2027-06-14T09:00:00\nwithdraw = "ann@acme.example"'), ground)

    assert [at("2027-06-14T08:00")] == [turn.at for turn in recorded.turns]


def test_everything_wrong_is_told_at_once_with_its_place(write, ground) -> None:
    """Names that are not there, moments outside of the simulation and events without an event, by line and column."""
    path = write(
        'at = 2027-01-12T09:00:00\nwithdraw = "anne@acme.example"',
        'at = 2027-08-12T09:00:00\nwithdraw = "ann@acme.example"',
        "at = 2027-01-12T09:00:00",
        'at = 2027-01-12T09:00:00\nregister = "missing.csv"',
    )

    assert [
        "5:12: there is no person 'anne@acme.example' here; did you mean 'ann@acme.example'?",
        "8:6: 2027-08-12 09:00 is after the simulation ends",
        f"11:3: nothing happens here; add one of: {', '.join(word.strip('_') for word in EventTable.HAPPENINGS)}",
        "16:12: missing.csv cannot be read; is it there?",
    ] == problems(path, ground)


def test_a_key_nobody_knows_is_refused_with_the_nearest(write, ground) -> None:
    """As in every file that people write."""
    path = write('at = 2027-01-12T09:00:00\nwithdrawn = "ann@acme.example"')

    assert ["5:1: unknown key 'withdrawn'; did you mean 'withdraw'?"] == problems(path, ground)


def test_one_thing_happens_at_a_time(write, ground) -> None:
    """Two happenings in one table would have no order."""
    path = write('at = 2027-01-12T09:00:00\nwithdraw = "ann@acme.example"\ngo = true')

    assert 1 == len(problems(path, ground))


def test_a_register_file_brings_a_turn_for_each_row(write, ground, register, stage, at) -> None:
    """R15: as `attendance import` takes it; its sessions are left to it."""
    rows = [("ann@acme.example", "1", "attended"), ("2", "lead/north/1", "missed"), ("3", "9", "attended")]
    header = ("email", "session", "status")
    table = Table(
        source="january.csv",
        header=header,
        rows=tuple(TableRow(line=line, values=dict(zip(header, row, strict=True))) for line, row in enumerate(rows, 2)),
    )
    path = write('at = 2027-01-20T09:00:00\nregister = "january.csv"')
    recorded = read_events(path, replace(ground, read_register=lambda _: table))
    list(stage.advance(at("2027-01-20T09:00")))

    assert ["january.csv:2:1", "january.csv:3:1", "january.csv:4:1"] == [str(turn.place) for turn in recorded.turns]
    assert {"lead/north/1"} == recorded.sessions
    assert [{"1": "attended"}, {"2": "missed"}] == [
        dict(made.statuses) for turn in recorded.turns[:2] for made in turn.happen(stage)
    ]


def test_a_register_file_without_its_columns_is_refused(write, ground) -> None:
    """It says which column is missing."""
    path = write('at = 2027-01-20T09:00:00\nregister = "a.csv"')
    table = Table(source="a.csv", header=("email", "when"), rows=())

    assert ["5:12: a.csv has no column 'session' and no column 'status'"] == problems(
        path, replace(ground, read_register=lambda _: table)
    )
