"""Places seen from inside a document."""

from collections.abc import Callable

import pytest

from convener.documents import Document, Spot, Within
from convener.errors import Place

Build = Callable[[str | bytes], Document]


def test_a_spot_knows_its_value_and_place(document: Build) -> None:
    """A step into a table moves both."""
    spot = Spot(document("[a]\nb = [7, 8]\n")) / "a" / "b"

    assert [7, 8] == spot.value
    assert Place("x.toml", 2, 1) == spot.place()
    assert Place("x.toml", 2, 9) == spot.value_place(1)


def test_a_spot_where_nothing_is_has_no_value(document: Build) -> None:
    """The value of what is not written cannot be asked for."""
    with pytest.raises(LookupError):
        _ = (Spot(document("a = 1")) / "b").value


def test_a_table_within_another_is_found_by_its_prefix(document: Build) -> None:
    """A locator of a part answers through the whole."""
    within = Within(Spot(document("[a]\nb = { c = 1 }\n")), ("a", "b"))

    assert (Place("x.toml", 2, 7), Place("x.toml", 2, 11)) == (within.place("c"), within.value_place("c"))
