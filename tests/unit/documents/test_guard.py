"""The lexical pass before the parser."""

import pytest

from convener.documents.guard import find_bomb, place_at
from convener.errors import Place


@pytest.mark.parametrize(
    "text",
    [
        "# " + "[" * 100,
        'a = "' + "[" * 100 + '"',
        "a = '" + "." * 100 + "'",
        'a = """\n' + "[" * 100 + '\n"""',
        "a = '''" + "[" * 100 + "'''''",
        'a = "\\"' + "[" * 100 + '"',
        "a = [" + "[1], " * 1_000 + "]",
        "\n".join(f"a{number}.b.c = {number}.5" for number in range(100)),
        'a = "' + "x" * 1_000 + '"',
    ],
)
def test_what_only_looks_deep_passes(text: str) -> None:
    """Brackets and dots in comments and strings do not count, nor do many side by side."""
    assert find_bomb(text, "x.toml") is None


@pytest.mark.parametrize(
    ("text", "code"),
    [("[" * 33, "too-deep"), ("a." * 32 + "a = 1", "too-deep"), ("a" * 201 + " = 1", "too-large")],
)
def test_one_beyond_a_limit_is_refused(text: str, code: str) -> None:
    """Each limit has an edge."""
    found = find_bomb(text, "x.toml")

    assert found is not None
    assert code == found.code


@pytest.mark.parametrize("text", ["[" * 32, "a." * 31 + "a = 1", "a" * 200 + " = 1"])
def test_a_limit_itself_passes(text: str) -> None:
    """The limit is the last value that is good."""
    assert find_bomb(text, "x.toml") is None


def test_an_offset_becomes_a_place() -> None:
    """Lines and columns are counted from 1."""
    assert Place("x.toml", 2, 3) == place_at("ab\ncdef", 5, "x.toml")
