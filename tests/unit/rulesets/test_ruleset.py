"""The effective ruleset."""

from collections.abc import Callable
from pathlib import Path

from convener.rulesets import load_client

Write = Callable[..., Path]


def test_a_ruleset_is_named_by_its_scope(write: Write) -> None:
    """A scope is the client and the programme."""
    (ruleset,) = load_client(write(), "harbour").rulesets

    assert "harbour/pilot" == ruleset.scope


def test_our_word_stands_where_the_client_has_none(write: Write) -> None:
    """A client words only what it words differently."""
    (ruleset,) = load_client(write(), "harbour").rulesets

    assert "pod" == ruleset.word("pod")
