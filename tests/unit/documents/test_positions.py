"""The syntax tree's places agree with tomllib's values."""

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from convener.documents.positions import find_positions


def paths(value: Any, prefix: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the path of everything in *value*."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield (*prefix, key)
        yield from paths(inner, (*prefix, key))


@pytest.mark.parametrize(
    "text",
    [
        "a.b.\"c d\" = 1\na.b.'e.f' = 2",
        "[a]\nx = 1\n[a.b.c]\ny = 2\n[d]",
        "[[a.b]]\nx = 1\n[[a.b]]\n[a.b.c]\ny = 2\n[[a.b.d]]\nz = 1",
        'a = [1, # one\n  {b = [2, {c.d = 3}]}, """\ntext\n""", 2027-01-01]',
        "a = {}\nb = []\nc = '''x'''\nd = +inf\ne = 0x1F\nf = 07:32:00\ng = 1979-05-27 07:32:00Z",
        "true = 1\n1.2 = 3\n2027-01-01 = 4\n-_- = 5",
        '"\\u00e9\\"" = 1\n"" = 2',
        "a = 1 # no line break at the end",
        "[ a . b ]\nc = 1\n[[ d . 'e' ]]\nf = 2",
    ],
)
def test_everything_tomllib_reads_has_a_place(text: str) -> None:
    """No key and no value is without a place of its own."""
    found = find_positions(text)

    expected = set(paths(tomllib.loads(text)))
    assert expected == set(found.keys) & expected
    assert expected == set(found.values) & expected
    assert expected == set(found.keys)


def test_the_second_table_of_an_array_has_its_own_place() -> None:
    """Tables of an array are told apart by their number."""
    found = find_positions("[[a]]\nx = 1\n[[a]]\nx = 2")

    assert ((1, 3), (3, 3)) == (found.keys["a", 0], found.keys["a", 1])
    assert ((2, 1), (4, 1)) == (found.keys["a", 0, "x"], found.keys["a", 1, "x"])
