"""Work side by side."""

from convener.planning.starts import STARTS, side_by_side


def test_answers_come_in_the_order_of_the_work() -> None:
    """N6: as many pieces as there are, whatever the machine, answered in order."""
    assert [at * at for at in range(5)] == side_by_side(lambda at: at * at, range(5))
    assert [] == side_by_side(abs, [])
    assert STARTS == 2
