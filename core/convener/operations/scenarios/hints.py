"""What test is missing when a mutant lives: a suggestion in words."""

import re
from collections.abc import Mapping
from operator import eq, ge, gt, le, lt, ne
from typing import Any

_COMPARED = re.compile(r"(?P<fact>[a-z_]+\.[a-z_]+) (?P<sign>>=|<=|==|!=|>|<) (?P<value>-?\d+)")
_SIGNS: Mapping[str, Any] = {">=": ge, "<=": le, "==": eq, "!=": ne, ">": gt, "<": lt}
FURTHEST = 3
"""How far from a number to look for a value that tells two comparisons apart."""


def clause_hint(source: str, changed: str) -> str:
    """Return what no test has: a value for which *source* and *changed* differ."""
    for one, two in zip(_COMPARED.finditer(source), _COMPARED.finditer(changed), strict=False):
        if one[0] != two[0] and one["fact"] == two["fact"]:
            value = _telling(one, two)
            if value is not None:
                return f"no test has {one['fact']} at exactly {value}, where the two differ"
    return f"no test tells {source!r} from {changed!r}: give one where they differ"


def _telling(one: re.Match[str], two: re.Match[str]) -> int | None:
    """Return the number nearest to those compared with at which the comparisons differ."""
    around = sorted({int(each["value"]) for each in (one, two)})
    values = sorted(
        range(around[0] - FURTHEST, around[-1] + FURTHEST + 1), key=lambda value: abs(value - int(one["value"]))
    )
    return next((value for value in values if value >= 0 and _holds(one, value) != _holds(two, value)), None)


def _holds(compared: re.Match[str], value: int) -> bool:
    return bool(_SIGNS[compared["sign"]](value, int(compared["value"])))


def dropped_hint(source: str) -> str:
    """Return what no test has: *source* false while everything else holds."""
    return f"no test has {source!r} false while everything else holds"
