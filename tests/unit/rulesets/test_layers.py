"""Tables laid over tables."""

from pathlib import Path

from convener.documents import Document, Spot, read_document
from convener.errors import Place
from convener.rulesets.layers import Laid, layer_of, said_in, tables_in


def read(folder: Path, name: str, text: str) -> Document:
    """Write and read a file."""
    (folder / name).write_text(text, encoding="utf-8")
    return read_document(folder / name, name=name)


def test_a_key_has_the_value_and_place_of_its_highest_layer(tmp_path: Path) -> None:
    """The lower value is gone, the lower place of another key stays."""
    low = Spot(read(tmp_path, "low.toml", "[a]\nx = 1\ny = { z = 2 }\n"), ("a",))
    high = Spot(read(tmp_path, "high.toml", "[a]\n\nx = 3\n"), ("a",))

    laid = Laid("a", low).over({key: low / key for key in ("x", "y")}, "").over({"x": high / "x"}, "Because.")

    assert {"x": 3, "y": {"z": 2}} == laid.data
    assert {"x": Place("high.toml", 3, 1), "y": Place("low.toml", 3, 1)} == laid.places
    assert Place("low.toml", 3, 11) == laid.value_place("y", "z")
    assert Place("low.toml", 1, 2) == laid.place("missing")
    assert laid.said == "Because."


def test_a_layer_is_what_a_part_of_a_file_adds(tmp_path: Path) -> None:
    """Rules, automations and polls are taken by their id; what is no table is somebody else's problem."""
    document = read(tmp_path, "x.toml", "rules.a.x = 1\nrules.b = 2\n[p.q.automations.c]\nx = 1\n")

    assert ["a"] == list(layer_of(document).rules)
    assert ["c"] == list(layer_of(document, "p", "q").automations)
    assert {} == dict(layer_of(document, "p", "missing").polls)


def test_there_are_no_tables_where_there_is_none(tmp_path: Path) -> None:
    """A number holds no tables."""
    assert [] == list(tables_in(Spot(read(tmp_path, "x.toml", "a = 1"), ("a", "b"))))


def test_a_reason_goes_before_a_why(tmp_path: Path) -> None:
    """Either word explains a table."""
    document = read(tmp_path, "x.toml", 'a = { why = "w", reason = "r" }\nb = { why = "w" }\nc = { why = 1 }')

    assert ["r", "w", ""] == [said_in(Spot(document, (key,))) for key in "abc"]
