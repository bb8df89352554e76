"""The keys of a message's context."""

from collections.abc import Callable

from convener.rendering.context import KEYS, MessageContext


def test_contexts_of_tests_have_exactly_the_keys(build: Callable[..., MessageContext]) -> None:
    """What the tests render with is what operations must build, no key more or less."""
    assert set(KEYS) == set(build())


def test_nothing_optional_still_has_every_key(bare: Callable[..., MessageContext]) -> None:
    """What does not apply is None or empty, never missing."""
    assert set(KEYS) == set(bare())
