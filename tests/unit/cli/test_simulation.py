"""A rehearsed year on the terminal."""

from datetime import UTC, date, datetime

import pytest

from convener.cli.face import Face
from convener.cli.simulation import print_simulation, shape
from convener.model import Dispatch, Event, Flag, Person, Verb
from convener.operations.simulate import Day, Simulation

NOON = datetime(2027, 3, 26, 12, tzinfo=UTC)


def dispatch(automation: str) -> Dispatch:
    """Make a message to Ann."""
    return Dispatch(
        client="acme", programme="lead", automation=automation, step="send.x.email", subject="lead/north/1",
        slot="2027-03-26T12:00", recipient="1", channel="email", connector="mail", due=NOON, reason="noon",
        verb=Verb.SEND, what="x",
    )  # fmt: skip


FLAG = Flag(
    id="acme/lead/floor/1", severity="low", client="acme", programme="lead", subject="ann@acme.example",
    since=NOON, text="below the floor", settle="convener register acme/lead",
)  # fmt: skip
DAY = Day(
    date=NOON.date(),
    dispatches=tuple(map(dispatch, "abcdef")),
    missed=(dispatch("g"),),
    held={"k": "volume-guard"},
    called_off=(dispatch("h"),),
    sessions=("lead/north/1",),
    flags=(FLAG,),
    settled=(FLAG,),
    events=(Event(id="e", name="session.held", client="acme", programme="lead", subject="lead/north/1", at=NOON),),
    happenings=("2 answers to pulse",),
    notes=("a note",),
    refused=("somebody withdraws: not enrolled",),
)
FOUND = Simulation(
    scope="acme/lead",
    title="Leading",
    since=NOON,
    until=datetime(2027, 4, 30, tzinfo=UTC),
    zone="Europe/London",
    seed=1,
    days=(DAY,),
    people={"1": Person(id="1", name="Ann", email="ann@acme.example")},
    holidays={date(2027, 3, 26): "Good Friday"},
    standing=(FLAG,),
)


def test_a_day_tells_everything_the_gravest_first(capsys: pytest.CaptureFixture[str], face: Face) -> None:
    """Refusals and held messages, the holiday, sessions, what people did, flags, and what did not go."""
    print_simulation(face, FOUND)
    words = " ".join(capsys.readouterr().out.split())
    line = words[words.index("Fri 26 Mar 2027") : words.index("By automation")]

    assert "6 a 1, b 1, c 1, d 1 and 2 others" in line
    assert (
        "REFUSED somebody withdraws: not enrolled; 1 HELD; Good Friday; session north/1; 2 answers to pulse; "
        "flag: below the floor; settled: below the floor; 1 too late; 1 called off; note: a note"
    ) in line


def test_the_totals_and_what_stands_at_the_end_are_shown(capsys: pytest.CaptureFixture[str], face: Face) -> None:
    """By automation, by channel, who gets most, and the busiest day."""
    print_simulation(face, FOUND)
    out = capsys.readouterr().out

    assert all(word in out for word in ("By automation", "By channel", "Who gets most", "Flags that stand at the end"))
    assert "26 Mar 2027, 6" in out


def test_json_has_the_designed_shape() -> None:
    """From, to, days with dispatches, flags and events, and totals; more keys besides."""
    data = shape(FOUND)
    days = data["days"]

    assert {"from", "to", "days", "totals"} <= set(data)
    assert isinstance(days, list)
    assert ["date", "dispatches", "flags", "events"] == list(days[0])[:4]
    assert "ann@acme.example" == days[0]["dispatches"][0]["recipient"]
    event = {"id": "e", "name": "session.held", "subject": "lead/north/1", "person": ""}
    assert {**event, "at": "2027-03-26T12:00:00+00:00"} == days[0]["events"][0]
