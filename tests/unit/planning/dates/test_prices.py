"""Prices on a coach's time."""

from convener.planning.dates.prices import Limit, settle_prices

COSTS = ({0: 0, 1: 4}, {0: 0, 1: 3})


def answer(price: dict[int, float]) -> tuple[float, list[int]]:
    """Let two pods choose one of two slots each, at the least cost."""
    picks = [min(costs, key=lambda slot, costs=costs: (costs[slot] + price.get(slot, 0), slot)) for costs in COSTS]
    return sum(costs[slot] + price.get(slot, 0) for costs, slot in zip(COSTS, picks, strict=True)), picks


def test_prices_prove_what_a_clash_costs() -> None:
    """R10: two pods want one slot; the bound rises from nothing to what the cheaper one pays to leave."""
    found = settle_prices([Limit(frozenset({0}), 1), Limit(frozenset({1}), 1)], answer, upper=3)

    assert 2 < found.bound <= 3
    assert found.price[0] > 2
