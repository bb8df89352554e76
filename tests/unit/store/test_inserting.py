"""Batches."""

from convener.store.inserting import batches


def test_batches_keep_everything_in_order() -> None:
    """The last batch is what remains; nothing gives nothing."""
    assert [[1, 2], [3, 4], [5]] == list(batches([1, 2, 3, 4, 5], 2))
    assert [] == list(batches([]))
