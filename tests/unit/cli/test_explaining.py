"""How an explanation is told."""

from datetime import UTC, date, datetime, timedelta

import pytest

from convener.cli.explaining import answer_shape, clause_rows, heads, plain, print_answer, worded
from convener.cli.face import Face
from convener.decide.explanation import ClauseShown, Explanation, FactShown, Outcome
from convener.decide.rulings import Decision
from convener.errors import Place
from convener.model import Person
from convener.operations.explain import Answer

PLACE = Place("acme.toml", 7, 3)
NOW = datetime(2027, 1, 15, 9, tzinfo=UTC)
FACTS = (
    FactShown(name="poll.open", value=True, source="opened"),
    FactShown(name="poll.days_open", value=None, source="no poll"),
)
ANSWER = Answer(
    scope="acme/lead",
    zone="Europe/London",
    people={"1": Person(id="1", name="Ana Ruiz", email="ana@acme.example")},
    explanation=Explanation(
        decision=Decision.UNDECIDED,
        detail="poll.days_open",
        sentence="chase to Ana Ruiz is undecided",
        automation="chase",
        person="1",
        subject="lead",
        slot="2027-01-15T09:00",
        due=NOW,
        clauses=(ClauseShown(source="poll.open && poll.days_open > 2", value=None, facts=FACTS, place=PLACE),),
        nearest_miss="poll.days_open",
        place=PLACE,
        outcomes=(Outcome(step="send.chase.email", connector="mail", key="k", decision=Decision.FIRE, due=NOW),),
        others=("Ben Osei: fire",),
    ),
)


def test_each_fact_has_a_line_and_the_clause_the_first(face: Face) -> None:
    """P16: a clause of two facts is two lines."""
    assert [
        ("?", "poll.open && poll.days_open > 2", "poll.open = true", "opened", "acme.toml:7:3"),
        ("", "", "poll.days_open = unknown", "no poll", ""),
    ] == list(clause_rows(ANSWER.explanation.clauses))
    bare = ClauseShown(source="true", value=True, facts=(), place=PLACE)
    assert [("✓", "true", "", "", "acme.toml:7:3")] == list(clause_rows((bare,)))


def test_the_answer_comes_first(face: Face, capsys: pytest.CaptureFixture[str]) -> None:
    """P16: one sentence, then what it rests on; the others are words on the side."""
    print_answer(face, ANSWER)
    said = capsys.readouterr()

    assert "chase to Ana Ruiz is undecided." == said.out.splitlines()[0]
    assert "note: Ben Osei: fire\n" == said.err


def test_names_and_values_are_those_of_people() -> None:
    """People by address, times on the programme's clock."""
    found = {name: value for name, value in heads(ANSWER) if value}

    assert ("ana@acme.example", "Fri 15 Jan 2027 09:00 GMT") == (found["to"], found["due"])
    assert ["unknown", "true", "2", "2027-01-15T09:00:00+00:00"] == [worded(each) for each in (None, True, 2, NOW)]


def test_the_shape_is_the_design_s(face: Face, capsys: pytest.CaptureFixture[str]) -> None:
    """The keys of the reference, in their order; more may follow."""
    keys = ["decision", "automation", "subject", "slot", "clauses", "nearest_miss", "file", "line"]
    shape = answer_shape(ANSWER)
    face.json = True
    print_answer(face, ANSWER)

    assert keys == list(shape)[: len(keys)]
    assert "undecided(poll.days_open)" == shape["decision"]
    assert capsys.readouterr().out.startswith("{")


def test_values_are_plain_json() -> None:
    """Dates, lengths of time and lists too."""
    values = {"a": (date(2027, 1, 1), timedelta(minutes=2)), "b": [NOW], "c": PLACE}

    assert {"a": ["2027-01-01", 120.0], "b": ["2027-01-15T09:00:00+00:00"], "c": "acme.toml:7:3"} == plain(values)
