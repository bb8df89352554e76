"""What has gone out lately."""

from convener.model.traffic import Traffic


def test_without_any_nothing_has_gone_out() -> None:
    """P2: an empty ledger is the default, so that a rehearsal needs none."""
    traffic = Traffic()

    assert (0, (), 0) == (len(traffic.per_day), traffic.days, traffic.today)
    assert ({}, {}) == (traffic.last, traffic.held)
