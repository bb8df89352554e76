"""Our clauses beside official CEL."""

from collections.abc import Callable
from random import Random
from types import ModuleType

import pytest

CLAUSES = 2_000
PARTS = 8
"""Runs the clauses are spread over, so that they can be checked side by side."""


@pytest.mark.parametrize("seed", range(PARTS))
def test_every_clause_has_the_value_that_official_cel_gives_it(beside: Callable[[str], ModuleType], seed: int) -> None:
    """R28: what we accept is CEL with the same value, and what CEL calls an error is unknown.

    `python bench/oracle.py` asks more of them, and shows that mistakes would be noticed.
    """
    drawing, official = beside("drawing"), beside("official")
    drawer, cel = drawing.Drawer(Random(seed)), official.Official(drawing.FACTS)  # noqa: S311 - makes examples
    wrong: list[tuple[str, object, object]] = []

    for _ in range(CLAUSES // PARTS):
        drawn = drawer.draw(2)
        for facts, answers in zip(drawn.facts, cel.values(drawn.source, drawn.facts), strict=True):
            mine = official.ours(drawn.typed, facts)
            wrong += [(drawn.source, mine, each) for each in answers if not official.alike(mine, each)]

    assert [] == wrong


def test_the_deepest_clause_we_take_is_not_too_deep_for_official_cel(beside: Callable[[str], ModuleType]) -> None:
    """A limit of ours lies within the limits of others."""
    drawing, official = beside("drawing"), beside("official")
    cel = official.Official(drawing.FACTS)
    deepest = [
        "(" * 23 + "one.bool_1" + ")" * 23,
        "!(" * 11 + "one.bool_1" + ")" * 11,
        " + ".join(["one.int_1"] * 24),
        "1 + (" * 11 + "one.int_1" + ")" * 11,
        "one.bool_1 ? one.int_1 : " * 23 + "one.int_1",
        "".join(f"[one.bool_1].all(x{number}, " for number in range(23)) + "one.bool_1" + ")" * 23,
        " && ".join(["one.bool_1"] * 140),
        "!" * 1_900 + "one.bool_1",
        "-" * 1_900 + "one.int_1",
    ]
    facts = {"one.bool_1": True, "one.int_1": 1}

    values = [cel.values(source, [facts])[0] for source in deepest]

    assert [[True] * 2, [False] * 2, [24] * 2, [12] * 2, [1] * 2, [True] * 2, [True] * 2, [True] * 2, [1] * 2] == values
