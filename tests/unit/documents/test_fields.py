"""Field types of every file."""

import pytest
from pydantic import ValidationError

from convener.documents import EmailText, Frozen, IdText, SpanText
from convener.model import Span


class Entry(Frozen):
    """A table with one key of each type."""

    id: IdText = "a"
    email: EmailText = "a@b.example"
    span: SpanText = Span.parse("1 day")


def test_text_becomes_a_value() -> None:
    """A length of time is read from text."""
    entry = Entry.model_validate({"span": "2 working days"})

    assert Span.parse("2 working days") == entry.span


@pytest.mark.parametrize("email", ["ana@client.example", "o'neil+x@a-b.example", "convener@localhost"])
def test_an_address_is_taken(email: str) -> None:
    """What may be an address is one."""
    assert email == Entry(email=email).email


@pytest.mark.parametrize("email", ["ana", "ana@", "@b", "a b@c", "a@b@c", "a@b..c", "a@b.", "Ana <a@b>", "a@b\nc", ""])
def test_what_is_no_address_is_refused(email: str) -> None:
    """What cannot be an address, or could smuggle a header, is refused."""
    with pytest.raises(ValidationError):
        Entry(email=email)


@pytest.mark.parametrize("name", ["a/b", "", ".a", "a b", "é", "a" * 65])
def test_what_would_break_a_scope_is_no_id(name: str) -> None:
    """An id stands in scopes, keys and file names."""
    with pytest.raises(ValidationError):
        Entry(id=name)


def test_a_number_is_no_span() -> None:
    """A length of time without a unit is refused."""
    with pytest.raises(ValidationError, match="must be written as text"):
        Entry.model_validate({"span": 10})
