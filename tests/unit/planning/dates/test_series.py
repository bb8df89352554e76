"""The question of dates on arrays."""

from itertools import pairwise, product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from convener.planning.dates.series import FAR, Series

costs = st.one_of(st.integers(0, 9), st.just(FAR))


@st.composite
def drawn_series(draw: st.DrawFn) -> Series:
    """Draw one to three layers over one to four nodes, some of them forbidden."""
    layers, nodes = draw(st.integers(1, 3)), draw(st.integers(1, 4))
    row = st.lists(costs, min_size=nodes, max_size=nodes)
    return Series(
        pod="one",
        slots=np.arange(nodes),
        cost=np.array(draw(st.lists(row, min_size=layers, max_size=layers))),
        between=np.array(draw(st.lists(row, min_size=nodes, max_size=nodes))),
    )


@given(drawn_series())
def test_a_series_costs_its_nodes_and_its_steps(series: Series) -> None:
    """R10: whatever is taken, and `FAR` or more exactly where a node or a step may not be taken."""
    for path in product(range(len(series.slots)), repeat=series.layers):
        parts = [
            *(series.cost[layer, node].item() for layer, node in enumerate(path)),
            *(series.between[one, other].item() for one, other in pairwise(path)),
        ]
        assert sum(parts) == series.price(path)
        assert (FAR in parts) == (series.price(path) >= FAR)
