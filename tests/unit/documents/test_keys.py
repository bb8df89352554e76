"""Which keys a table may have."""

from pydantic import Field, RootModel

from convener.documents import Frozen, keys_of
from convener.documents.keys import keys_at


class Inner(Frozen):
    """A table inside another."""

    from_: int = Field(alias="from")


class Meaning(RootModel[dict[str, Inner]]):
    """A table of tables by any key."""


class Outer(Frozen):
    """A table with tables in every way."""

    one: Inner | tuple[str, ...]
    many: tuple[Inner, ...] = ()
    by_name: dict[str, Inner] = Field(default_factory=dict)


def test_a_key_is_named_as_it_is_written() -> None:
    """An alias counts, not the name in the code."""
    assert ["from"] == keys_of(Inner)


def test_keys_are_found_through_unions_lists_and_tables() -> None:
    """The path to a table leads through whatever holds it."""
    assert ["one", "many", "by_name"] == keys_at(Outer, ())
    assert ["from"] == keys_at(Outer, ("one",))
    assert ["from"] == keys_at(Outer, ("many", 3))
    assert ["from"] == keys_at(Outer, ("by_name", "any"))
    assert ["from"] == keys_at(Meaning, ("any",))


def test_where_any_key_is_good_there_are_none_to_name() -> None:
    """A table of anything suggests nothing."""
    assert [] == keys_at(Outer, ("by_name",))
    assert [] == keys_at(Outer, ("unknown",))
