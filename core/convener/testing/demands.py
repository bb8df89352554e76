"""Checks that a contract makes, with messages for the author of a plugin."""

from collections.abc import Collection


def demand(promise: str, kept: object) -> None:
    """Raise AssertionError naming *promise* unless *kept* is true."""
    if not kept:
        raise AssertionError(f"broken promise: {promise}")


def demand_equal(promise: str, expected: object, actual: object) -> None:
    """Raise AssertionError naming *promise* and both values unless they are equal."""
    if expected != actual:
        raise AssertionError(f"broken promise: {promise}; expected {expected!r}, got {actual!r}")


def demand_absent(promise: str, secrets: Collection[str], text: str) -> None:
    """Raise AssertionError naming *promise* when *text* holds any of *secrets*."""
    found = [secret for secret in secrets if secret.lower() in text.lower()]
    if found:
        raise AssertionError(f"broken promise: {promise}; found {', '.join(found)}")
