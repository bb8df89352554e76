"""Prices on a coach's time: a lower bound that knows of clashes, and better schedules found on the way.

Lagrangian relaxation: what a coach cannot do twice is allowed at a price, prices rise where pods collide (Polyak's
subgradient step), and each pod's own cheapest series under the prices bounds the whole from below.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

ROUNDS = 120
"""Times prices are adjusted."""
BOLD = 0.3
"""Share of the gap that the first steps try to close; halved when they stop helping."""
PATIENCE = 6
"""Rounds without a better bound before steps are halved."""
EXACT = 1e-6
"""Below this a difference is rounding."""


@dataclass(frozen=True, slots=True)
class Limit:
    """Slots of which at most *most* can be taken."""

    slots: frozenset[int]
    most: int


@dataclass(frozen=True, slots=True)
class Priced:
    """Prices by slot, and the bound they prove."""

    price: dict[int, float]
    bound: float


Answer = Callable[[dict[int, float]], tuple[float, list[int]]]
"""Tells, under prices by slot, the least cost of all pods together and the slots they take."""


def settle_prices(limits: Sequence[Limit], answer: Answer, upper: float) -> Priced:
    """Return the best prices found for *limits*, when no schedule worth having costs more than *upper*."""
    dear, bold, idle = [0.0] * len(limits), BOLD, 0
    best = Priced({}, float("-inf"))
    for _ in range(ROUNDS):
        price = _by_slot(limits, dear)
        cost, taken = answer(price)
        bound = cost - sum(each * limit.most for limit, each in zip(limits, dear, strict=True))
        idle = 0 if bound > best.bound + EXACT else idle + 1
        best = Priced(price, bound) if not idle else best
        bold = bold / 2 if idle and idle % PATIENCE == 0 else bold
        push = _push(limits, dear, taken)
        length = sum(each * each for each in push)
        if not length or upper - best.bound < 1 - EXACT:
            break
        step = bold * max(upper - bound, 1.0) / length
        dear = [max(each + step * go, 0.0) for each, go in zip(dear, push, strict=True)]
    return best


def _by_slot(limits: Sequence[Limit], dear: Sequence[float]) -> dict[int, float]:
    price: dict[int, float] = {}
    for limit, each in zip(limits, dear, strict=True):
        if each:
            for slot in limit.slots:
                price[slot] = price.get(slot, 0.0) + each
    return price


def _push(limits: Sequence[Limit], dear: Sequence[float], taken: Sequence[int]) -> list[int]:
    """Return how far each limit is overstepped; an unused limit only pulls its price down while it has one."""
    used = Counter(taken)
    over = [sum(used[slot] for slot in limit.slots) - limit.most for limit in limits]
    return [excess if excess > 0 or each > 0 else 0 for excess, each in zip(over, dear, strict=True)]
