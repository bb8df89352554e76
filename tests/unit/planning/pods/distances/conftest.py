"""Chance for tests."""

import random
from collections.abc import Callable

import pytest

Draw = Callable[[int], random.Random]


@pytest.fixture(scope="session")
def draw() -> Draw:
    """Give what draws by a seed."""
    return random.Random
