"""The tables of a poll."""

import pytest
from pydantic import ValidationError

from convener.rulesets.tables import PollTable, QuestionTable


@pytest.mark.parametrize(
    "answer",
    [{}, {"text": 5, "scale": (1, 5)}, {"scale": (5, 1)}, {"choices": ()}, {"text": 0}],
)
def test_a_question_is_answered_in_one_way(answer: dict[str, object]) -> None:
    """A scale, choices or text: one of them, and sensible."""
    with pytest.raises(ValidationError):
        QuestionTable.model_validate({"id": "a", "ask": "A?", **answer})


def test_two_questions_of_one_id_are_refused() -> None:
    """An answer belongs to one question."""
    question = {"id": "a", "ask": "A?", "text": 5}

    with pytest.raises(ValidationError, match="two questions have the id 'a'"):
        PollTable.model_validate({"closes": "1 day", "questions": (question, question)})


def test_a_poll_for_dates_needs_no_questions() -> None:
    """The questions of a dates poll are its slots."""
    assert () == PollTable.model_validate({"closes": "1 day", "kind": "dates"}).questions
