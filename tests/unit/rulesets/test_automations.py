"""Typed automations and polls from laid tables."""

from collections.abc import Callable
from pathlib import Path

import pytest

from convener.errors import Place, Problem
from convener.model import Span, Verb
from convener.rulesets import load_client
from convener.rulesets.automations import owned
from convener.rulesets.ruleset import Automation, Clause, Question, Step

Write = Callable[..., Path]


def automation(folder: Path, name: str) -> Automation:
    """Return one automation of the client `harbour`."""
    return load_client(folder, "harbour").rulesets[0].automations[name]


def test_a_clause_knows_where_its_quote_opens(write: Write) -> None:
    """An error inside a condition can be shown at its own column."""
    text = (
        '[automations.x]\non = "session.held"\nfor_each = "participant"\n'
        'when = ["participant.active",\n  "attendance.present"]\ndo = { flag = "x" }\n'
    )

    clauses = automation(write(text), "x").when

    expected = (
        Clause(source="participant.active", place=Place("rulesets/harbour.toml", 19, 9)),
        Clause(source="attendance.present", place=Place("rulesets/harbour.toml", 20, 3)),
    )
    assert expected == clauses


def test_steps_are_one_or_several(write: Write) -> None:
    """A list of tables is a list of steps, each with one verb."""
    text = (
        '[automations.x]\non = "session.held"\nfor_each = "participant"\nin = "programme"\n'
        'do = [{ flag = "two missed" }, { send = "hello", via = ["email"], attach = ["a.md"] }]\n'
    )

    found = automation(write(text), "x")

    expected = (
        Step(verb=Verb.FLAG, what="two missed"),
        Step(verb=Verb.SEND, what="hello", via=("email",), attach=("a.md",)),
    )
    assert expected == found.steps
    assert found.in_programme_zone


def test_a_poll_is_typed(write: Write) -> None:
    """A poll has its questions and the time it is open."""
    poll = load_client(write(), "harbour").rulesets[0].polls["mood"]

    assert (Span.parse("5 days"), "questions") == (poll.closes, poll.kind)
    assert (
        Question(id="mood", ask="How was it?", scale=(1, 5), place=Place("rulesets/base.toml", 31, 7)),
    ) == poll.questions


def test_two_questions_of_one_id_are_refused(write: Write) -> None:
    """An answer belongs to one question."""
    question = '[[polls.two.questions]]\nid = "a"\nask = "A?"\ntext = 5\n'

    problems = load_client(write('[polls.two]\ncloses = "1 day"\n' + question * 2), "harbour").problems

    assert ["bad-value"] == [problem.code for problem in problems]


def test_a_step_that_is_no_table_is_told(write: Write) -> None:
    """`do` is a table or a list of tables."""
    text = '[automations.x]\non = "session.held"\nfor_each = "coach"\ndo = "send"\n'

    (problem,) = load_client(write(text), "harbour").problems

    assert ("wrong-type", Place("rulesets/harbour.toml", 19, 6)) == (problem.code, problem.place)


def test_the_usual_silence_of_an_automation(write: Write) -> None:
    """R29: how long nothing may come of it before somebody looks; nothing unless the file says so."""
    text = '[automations.welcome]\nexpect_every = "2 weeks"\n'

    assert Span.parse("2 weeks") == automation(write(text), "welcome").expect_every
    assert automation(write(), "welcome").expect_every is None


@pytest.mark.parametrize("silence", ["0 days", "often", "-1 day"])
def test_a_silence_lasts(write: Write, silence: str) -> None:
    """No length of time, and none at all, is refused at its value and is the automation's own (P14)."""
    loaded = load_client(write(f'[automations.welcome]\nexpect_every = "{silence}"\n'), "harbour")

    assert [("bad-value", "automations.welcome", 17)] == [
        (each.code, each.owner, each.place.line) for each in loaded.problems
    ]


def test_a_problem_is_that_of_its_automation() -> None:
    """P14: who is to be put aside is told with the problem."""
    problem = Problem(code="bad-step", message="a step does one thing", place=Place("x.toml"))

    assert "automations.welcome" == owned("welcome", problem).owner


def test_a_question_knows_where_it_is_asked(write: Write) -> None:
    """What is wrong with the words of a question is told at them."""
    (question,) = load_client(write(), "harbour").rulesets[0].polls["mood"].questions

    assert Place("rulesets/base.toml", 31, 7) == question.place
