"""Whether clauses can be true, by trying every way the closed facts can be."""

import math
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import product

from convener.decide.reachability.domains import Bundle, World
from convener.expressions import Compiled

MOST = 20_000
"""Ways tried at most; facts with many values are left open beyond it."""
_ASKED = re.compile(r"\bhas\(\s*([a-z0-9_.]+)\s*\)")


def can_hold(clauses: Collection[Compiled], world: World, fixed: Mapping[str, object]) -> bool:
    """Tell whether all *clauses* could be true at once, with the facts *fixed* at what they are.

    A fact that is neither fixed nor closed is left open: what depends on it could be true. So is a clause that asks
    whether an open fact is known.
    """
    names = frozenset().union(*(clause.names for clause in clauses))
    asked = {clause.source: _ASKED.findall(clause.source) for clause in clauses}
    whether = {name for found in asked.values() for name in found}
    bundles = _within_reason([_fixed(bundle, fixed) for bundle in world.bundles(names, whether)])
    closed = {name for bundle in bundles for name in bundle[0]} | fixed.keys()
    tried = [clause for clause in clauses if closed.issuperset(asked[clause.source])]
    settled = {clause.source: clause.names <= closed for clause in tried}
    start = {name: fixed.get(name) for name in names}
    for ways in product(*bundles):
        facts = dict(start)
        for way in ways:
            facts.update(way)
        if all(_may(clause.test(facts), settled=settled[clause.source]) for clause in tried):
            return True
    return False


def _may(value: object, *, settled: bool) -> bool:
    """Tell whether a clause could be true: it is, or facts that are open would decide it."""
    return value is True or (value is None and not settled)


def _fixed(bundle: Bundle, fixed: Mapping[str, object]) -> Bundle:
    """Return *bundle* with the facts that are *fixed* at their one value."""
    ways = [{name: fixed.get(name, value) for name, value in way.items()} for way in bundle]
    return [way for index, way in enumerate(ways) if way not in ways[:index]]


def _within_reason(bundles: Sequence[Bundle]) -> list[Bundle]:
    """Leave the largest of *bundles* out until few enough ways are left to try."""
    kept = sorted(bundles, key=len)
    while kept and math.prod(map(len, kept)) > MOST:
        kept.pop()
    return kept


def told(words: Iterable[str]) -> str:
    """Return names for a message: `poll.id and poll.open`."""
    return " and ".join(sorted(words))
