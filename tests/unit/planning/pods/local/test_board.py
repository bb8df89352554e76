"""The names of the board."""

from convener.planning.pods.local import board


def test_every_place_of_the_header_has_one_name() -> None:
    """R6: no two names share a place, and none is missing."""
    names = list(vars(board).items())
    first = next(at for at, (name, _) in enumerate(names) if name == "PEOPLE")
    last = next(at for at, (name, _) in enumerate(names) if name == "HEADER")

    assert list(range(board.HEADER)) == [value for _, value in names[first:last]]
