"""Smallest sets: of rules that contradict each other, and of rules to give up.

Implicit hitting sets: a smallest unsatisfiable subset hits every correction set, and a smallest correction set hits
every unsatisfiable subset (Ignatiev, Previti, Liffiton and Marques-Silva, "Smallest MUS extraction with minimal
hitting set dualization", CP 2015; Liffiton and Malik, "Enumerating infeasibility", CPAIOR 2013).
"""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

Item = TypeVar("Item")
Names = frozenset[str]
Test = Callable[[Names], bool]
"""Tells whether a set of rules is impossible; a superset of an impossible set is impossible."""


def smallest_conflict(everything: Iterable[str], impossible: Test) -> Names:
    """Return a smallest impossible subset of *everything*, which is impossible as a whole."""
    names = frozenset(everything)
    core = shrunk(names, impossible)
    to_hit: list[Names] = []
    while True:
        candidate = smallest_hitting(to_hit)
        if len(candidate) >= len(core):
            return core
        if impossible(candidate):
            return candidate
        to_hit.append(names - _grown(candidate, names, core, impossible))


def fewest_given_up(everything: Iterable[str], impossible: Test) -> Names:
    """Return a smallest subset of *everything* without which the rest is not impossible."""
    names = frozenset(everything)
    cores: list[Names] = []
    while True:
        candidate = smallest_hitting(cores)
        if not impossible(names - candidate):
            return candidate
        cores.append(shrunk(names - candidate, impossible))


def shrunk(names: Names, impossible: Test) -> Names:
    """Return an irreducible impossible subset of *names*: each in turn is left out for good if the rest suffices."""
    kept = names
    for name in sorted(names):
        if impossible(kept - {name}):
            kept -= {name}
    return kept


def _grown(start: Names, names: Names, core: Names, impossible: Test) -> Names:
    """Return a largest possible set around *start*; what is outside the known *core* is tried at one go."""
    kept = start
    for more in (names - core, *(frozenset({name}) for name in sorted(names))):
        if not more <= kept and not impossible(kept | more):
            kept |= more
    return kept


def smallest_hitting(sets: Sequence[Names]) -> Names:
    """Return a smallest set that shares an element with each of *sets*; of several, the first by the alphabet."""
    for size in range(len(sets) + 1):
        found = _hitting(sets, size)
        if found is not None:
            return found
    raise ValueError("an empty set cannot be hit")


def _hitting(sets: Sequence[Names], size: int) -> Names | None:
    if not sets:
        return frozenset()
    if size == 0:
        return None
    narrowest: Names = min(sets, key=len)
    for name in sorted(narrowest):
        rest = _hitting([each for each in sets if name not in each], size - 1)
        if rest is not None:
            return rest | {name}
    return None


def fewer(items: Sequence[Item], needed: Callable[[Sequence[Item]], bool]) -> list[Item]:
    """Return an irreducible subsequence of *items* for which *needed* still holds, leaving out half, a quarter, ….

    After Junker, "QuickXplain: preferred explanations and relaxations", AAAI 2004.
    """
    kept, chunk = list(items), max(len(items) // 2, 1)
    while True:
        at = 0
        while at < len(kept):
            shorter = kept[:at] + kept[at + chunk :]
            if needed(shorter):
                kept = shorter
            else:
                at += chunk
        if chunk == 1:
            return kept
        chunk //= 2
