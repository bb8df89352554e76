"""Reading TOML within limits, with places."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from convener.documents import Document, read_document
from convener.errors import InvalidError, Place

Build = Callable[[str | bytes], Document]


def test_every_key_and_value_has_its_place(document: Build) -> None:
    """A key and its value are found by the path tomllib gives them, columns counted in characters."""
    read = document('"é" = 1\n[a.b]\nc = [1, { d = "x" }]\n')

    assert Place("x.toml", 1, 7) == read.value_place("é")
    assert Place("x.toml", 2, 4) == read.place("a", "b")
    assert Place("x.toml", 3, 1) == read.place("a", "b", "c")
    assert Place("x.toml", 3, 11) == read.place("a", "b", "c", 1, "d")
    assert Place("x.toml", 3, 15) == read.value_place("a", "b", "c", 1, "d")


def test_what_is_not_there_has_the_place_of_its_nearest_parent(document: Build) -> None:
    """A missing key is looked for where it would have been written."""
    read = document("[a]\nb = 1\n")

    assert Place("x.toml", 1, 2) == read.place("a", "missing")
    assert Place("x.toml") == read.place("nothing")


def test_a_byte_order_mark_is_accepted(document: Build) -> None:
    """A file saved by an office program is read as any other."""
    read = document(b"\xef\xbb\xbfa = 1\r\nb = 2\r\n")

    assert {"a": 1, "b": 2} == read.data
    assert Place("x.toml", 1, 1) == read.place("a")
    assert Place("x.toml", 2, 5) == read.value_place("b")


BOMBS = {
    "a dotted key of twenty thousand parts": (".".join(["a"] * 20_000) + " = 1", "too-deep", 1, 64),
    "a spaced dotted key": (" . ".join(["a"] * 20_000) + " = 1", "too-deep", 1, 127),
    "a table twenty thousand deep": ("[" + ".".join(["a"] * 20_000) + "]", "too-deep", 1, 65),
    "deep brackets": ("a = " + "[" * 100_000, "too-deep", 1, 37),
    "deep inline tables": ("a = " + "{a=" * 50_000, "too-deep", 1, 101),
    "brackets behind a string with quotes": ('a = ["""x"""", ' + "[" * 100_000, "too-deep", 1, 47),
    "inline tables with dotted keys": ("a = " + "{a.b.c.d.e = " * 10 + "1" + "}" * 10, "too-deep", 1, 86),
    "an integer of five thousand digits": ("a = " + "1" * 5_000, "too-large", 1, 5),
    "an integer beyond 64 bits": ("a = [1, 9223372036854775808]", "too-large", 1, 9),
    "a file of a megabyte": ("# " + "x" * 1_000_000, "too-large", 1, 1),
    "bytes that are not UTF-8": (b'a = 1\nb = "\xff"', "not-utf8", 2, 6),
    "UTF-16": ("a = 1".encode("utf-16"), "not-utf8", 1, 1),
    "zeroes": (b"a = \x00", "toml-syntax", 1, 5),
    "quotes without end": ('"""' * 80_000, "toml-syntax", 1, 3),
    "a date that does not exist": ("a = 1\nb = 2027-02-30", "toml-syntax", 2, 5),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_one_problem_and_little_work(document: Build, name: str, counted: Callable[[], Any]) -> None:
    """Nothing a file holds takes the parser hours, the stack or a traceback (fault 22)."""
    content, code, line, column = BOMBS[name]

    with counted() as calls, pytest.raises(InvalidError) as caught:
        document(content)

    (problem,) = caught.value.problems
    assert (code, Place("x.toml", line, column)) == (problem.code, problem.place)
    assert calls.count < 100_000


def test_the_largest_honest_file_is_read_with_work_in_step(document: Build, counted: Callable[[], Any]) -> None:
    """Twelve thousand keys with their places cost a fixed number of calls a key."""
    content = "".join(f'key-{number} = "a value"\n' for number in range(12_000))

    with counted() as calls:
        read = document(content)

    assert Place("x.toml", 12_000, 1) == read.place("key-11999")
    assert calls.count < 50 * 12_000


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    """A file that is not there is told by its name."""
    with pytest.raises(InvalidError, match=r"^gone\.toml:1:1: there is no such file$"):
        read_document(tmp_path / "gone.toml", name="gone.toml")


def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    """A pipe is told as unreadable, and not waited for: nobody may ever write into it."""
    os.mkfifo(tmp_path / "pipe.toml")
    with pytest.raises(InvalidError) as caught:
        read_document(tmp_path / "pipe.toml")

    assert ["unreadable-file"] == [problem.code for problem in caught.value.problems]


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    """A folder where a file should be is told as unreadable."""
    with pytest.raises(InvalidError) as caught:
        read_document(tmp_path)

    assert ["unreadable-file"] == [problem.code for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("content", "line", "column", "hint"),
    [
        ("a = b", 1, 5, 'text stands in quotes, for example name = "Northern Health"'),
        ("a = 1\na = 2", 2, 6, "a key is written once in a table"),
        ("[a.b]\n[a.b]", 2, 5, "a table is written once; merge the two"),
        ("a = [1,\n", 1, 8, "close what was opened"),
        ("a = [1 2]", 1, 8, "] closes it"),
        ("a b = 1", 1, 3, 'a key with a space or "@" stands in quotes'),
    ],
)
def test_a_syntax_error_has_its_place_and_cure(
    document: Build, content: str, line: int, column: int, hint: str
) -> None:
    """What tomllib refuses comes with the place it gives and a cure."""
    with pytest.raises(InvalidError) as caught:
        document(content)

    (problem,) = caught.value.problems
    assert ("toml-syntax", Place("x.toml", line, column)) == (problem.code, problem.place)
    assert hint in problem.hint


def test_a_key_is_shown_as_it_is_written(document: Build) -> None:
    """A table declared twice is named with its dots and not as a tuple."""
    with pytest.raises(InvalidError, match=r"cannot declare \[a\.b\] twice"):
        document("[a.b]\n[a.b]")
