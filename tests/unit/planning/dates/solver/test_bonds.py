"""What pods share."""

from types import SimpleNamespace

from convener.planning.dates.series import Limit
from convener.planning.dates.solver.bonds import bonds, groups
from convener.planning.dates.solver.paths import Graph


def test_only_limits_that_can_be_broken_bind(small: SimpleNamespace) -> None:
    """R10: two pods of a coach can meet in slots that both can use; a limit that allows enough never binds."""
    series = small.asked(1, pods=2, layers=2, slots=6).series
    graphs = [Graph.of(each) for each in series]
    shared = sorted(set(series[0].slots.tolist()) & set(series[1].slots.tolist()))
    limits = [Limit("coach-0", frozenset({slot}), 1) for slot in range(6)]

    found = bonds(
        series, graphs, [*limits, Limit("coach-0", frozenset(range(6)), 4), Limit("coach-9", frozenset({1}), 0)]
    )

    assert {slot for bond in found for slot in bond.slots} <= set(shared)
    assert all(bond.pods == {0, 1} and bond.most == 1 for bond in found)


def test_a_limit_that_another_covers_is_left_out(small: SimpleNamespace) -> None:
    """R10: one session on two slots together says all that one on each says."""
    series = small.asked(1, pods=2, layers=2, slots=6).series
    graphs = [Graph.of(each) for each in series]
    wide = Limit("coach-0", frozenset({1, 2, 3}), 1)

    alone, beside = (bonds(series, graphs, [wide, *more]) for more in ((), (Limit("coach-0", frozenset({2}), 1), wide)))

    assert len(alone) == 1
    assert alone == beside


def test_pods_are_grouped_by_what_binds(small: SimpleNamespace) -> None:
    """R10: pods of one coach go together, pods that share a person too, the rest alone."""
    series = small.asked(1, pods=7, layers=2, slots=6).series
    graphs = [Graph.of(each) for each in series]
    limits = [Limit(f"coach-{at}", frozenset({slot}), 1) for at in range(3) for slot in range(6)]

    assert groups(7, bonds(series, graphs, limits)) == [[0, 1, 2], [3, 4, 5], [6]]
    assert groups(7, []) == [[at] for at in range(7)]
