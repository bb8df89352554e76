"""Smallest sets, by the duality of conflicts and corrections."""

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations

from convener.planning.pods.conflicts.smallest import (
    Names,
    fewer,
    fewest_given_up,
    shrunk,
    smallest_conflict,
    smallest_hitting,
)


def conflicting(*cores: str) -> Callable[[Names], bool]:
    """Return the test that finds any of *cores*, a letter for each rule."""
    return lambda names: any(frozenset(core) <= names for core in cores)


def test_the_smallest_conflict_is_found_where_deletion_finds_a_larger_one() -> None:
    """R7: leaving out rule after rule stops at three; two suffice."""
    impossible = conflicting("ab", "cde")

    assert frozenset("cde") == shrunk(frozenset("abcdef"), impossible)
    assert frozenset("ab") == smallest_conflict("abcdef", impossible)


def test_both_sets_are_the_smallest_of_all() -> None:
    """R7: compared with trying every set of rules."""
    families: Iterable[tuple[str, ...]] = (
        ("abc", "bcd", "ae"),
        ("abcd",),
        ("ab", "cd", "ef"),
        ("a",),
        ("abc", "ade", "bdf"),
    )
    for cores in families:
        impossible = conflicting(*cores)
        given_up = min(n for n in range(7) for left in combinations("abcdef", 6 - n) if not impossible(frozenset(left)))

        assert min(map(len, cores)) == len(smallest_conflict("abcdef", impossible))
        assert given_up == len(fewest_given_up("abcdef", impossible))
        assert not impossible(frozenset("abcdef") - fewest_given_up("abcdef", impossible))


def test_a_smallest_hitting_set_is_the_first_by_the_alphabet() -> None:
    """R8: of equals the same one each time."""
    assert frozenset("ac") == smallest_hitting([frozenset("ab"), frozenset("cd"), frozenset("ca")])
    assert frozenset() == smallest_hitting([])


def test_a_long_list_is_shortened_to_what_is_needed() -> None:
    """R7: of a hundred atoms the three that matter stay, with far fewer tests than atoms times atoms."""
    tried: list[int] = []

    def needed(chosen: Sequence[int]) -> bool:
        tried.append(len(chosen))
        return {3, 50, 51} <= set(chosen)

    assert [3, 50, 51] == fewer(range(100), needed)
    assert len(tried) < 100
