"""What is wrong, in a person's words."""

from collections.abc import Callable
from typing import Literal, Self

import pytest
from pydantic import Field, model_validator

from convener.documents import Document, Frozen, IdText, Spot, describe, validate
from convener.errors import Problem

Build = Callable[[str | bytes], Document]


class Person(Frozen):
    """A person."""

    name: str = Field(min_length=1)
    age: int = Field(default=1, ge=0)


class Team(Frozen):
    """A team."""

    kind: Literal["red", "blue"] = "red"
    size: int | None = None
    members: tuple[Person, ...] | str = ()
    ready: bool = False
    share: float = 0.5
    by_id: dict[IdText, int] = Field(default_factory=dict, max_length=3)

    @model_validator(mode="after")
    def _ready(self) -> Self:
        if self.ready and not self.size:
            raise ValueError("needs a size")
        return self


def told(document: Document) -> list[tuple[str, str, int, int, str]]:
    """Return code, message, line, column and hint of each problem of a team."""
    _, problems = validate(Team, document.data, Spot(document))

    def row(problem: Problem) -> tuple[str, str, int, int, str]:
        return problem.code, problem.message, problem.place.line, problem.place.column, problem.hint

    return [row(problem) for problem in problems]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('knid = "red"', ("unknown-key", "unknown key 'knid'", 1, 1, "did you mean 'kind'?")),
        ('kind = "blu"', ("unknown-value", "'kind' cannot be 'blu'", 1, 8, "did you mean 'blue'?")),
        ("kind = 3", ("unknown-value", "'kind' cannot be '3'", 1, 8, "allowed: red, blue")),
        (
            'size = "3"',
            ("wrong-type", "'size' is text, where a whole number is expected", 1, 8, "write it without quotes"),
        ),
        (
            "ready = 1",
            ("wrong-type", "'ready' is a whole number, where true or false is expected", 1, 9, ""),
        ),
        (
            "members = 3",
            (
                "wrong-type",
                "'members' is a whole number, where a list or text in quotes is expected",
                1,
                11,
                "put it in quotes",
            ),
        ),
        ("members = [{ age = 3 }]", ("missing-key", "the key 'name' is missing", 1, 12, "add it to this table")),
        ('members = [{ nme = "x" }]', ("unknown-key", "unknown key 'nme'", 1, 14, "did you mean 'name'?")),
        (
            'members = [{ name = "x", age = -1 }]',
            ("bad-value", "'age': should be greater than or equal to 0", 1, 32, ""),
        ),
        ("ready = true", ("bad-value", "needs a size", 1, 1, "")),
        (
            '[by_id]\n"a/b" = 1',
            ("bad-id", "'a/b' cannot be an id", 2, 1, "letters, digits, dots, dashes and underscores, at most 64"),
        ),
        (
            "by_id = { a = 1, b = 2, c = 3, d = 4 }",
            ("too-many", "'by_id' has more than 3 entries", 1, 1, "move some of them to another file"),
        ),
    ],
)
def test_each_mistake_is_told_once_with_its_place_and_cure(
    document: Build, text: str, expected: tuple[str, str, int, int, str]
) -> None:
    """One mistake, one problem: the branches of a union and the keys a typo leaves missing are not told too."""
    assert [expected] == told(document(text))


def test_types_have_names_people_use() -> None:
    """A message does not speak Python."""
    assert ["true or false", "text", "a list", "a table"] == [describe(value) for value in (True, "", [], {})]
