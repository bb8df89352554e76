"""The tables of a poll and its questions."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from convener.documents import Frozen, IdText, SpanText


def _rising(value: tuple[int, int]) -> tuple[int, int]:
    if value[0] >= value[1]:
        raise ValueError(f"{list(value)} must rise, for example [1, 5]")
    return value


Scale = Annotated[tuple[int, int], AfterValidator(_rising)]
"""`[1, 5]`: the lowest and the highest answer."""


class QuestionTable(Frozen):
    """One of `[[polls.X.questions]]`."""

    id: IdText
    """Id of the question."""
    ask: str = Field(min_length=1)
    """The question; may hold placeholders."""
    scale: Scale | None = None
    """Lowest and highest answer."""
    choices: tuple[str, ...] = ()
    """Answers to choose from."""
    text: int | None = Field(default=None, ge=1, le=10_000)
    """Longest answer, in characters."""
    level: int | None = Field(default=None, ge=1, le=4)
    """Kirkpatrick level, 1 to 4."""

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if (self.scale is not None) + bool(self.choices) + (self.text is not None) != 1:
            raise ValueError('is answered by one of scale = [1, 5], choices = ["…"] or text = 500')
        return self


class PollTable(Frozen):
    """`[polls.X]`."""

    kind: Literal["questions", "dates", "register"] = "questions"
    """What it asks: questions, dates, or who was there."""
    closes: SpanText
    """How long it is open."""
    anonymous: bool = False
    """Whether answers are kept without a name."""
    questions: tuple[QuestionTable, ...] = ()
    """The questions, in order."""
    reason: str = ""
    """Why it differs from the layer below."""

    @model_validator(mode="after")
    def _asks(self) -> Self:
        if self.kind == "questions" and not self.questions:
            raise ValueError("asks nothing; add [[polls.….questions]] with id, ask and one of scale, choices or text")
        ids = [question.id for question in self.questions]
        twice = sorted({each for each in ids if ids.count(each) > 1})
        if twice:
            raise ValueError(f"two questions have the id {twice[0]!r}")
        return self
