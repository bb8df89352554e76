"""The nearest name."""

from convener.documents import closest, nearest, quoted


def test_a_mistyped_name_has_a_nearest_one() -> None:
    """The hint asks for the name that was probably meant."""
    assert nearest("membres", ["coach", "members"]) == "did you mean 'members'?"


def test_a_strange_name_has_the_allowed_ones() -> None:
    """Where nothing is near, the hint lists what may be written."""
    assert nearest("zzz", ["coach", "members"]) == "allowed: coach, members"


def test_a_long_list_is_cut() -> None:
    """Nobody reads a list of a hundred names."""
    assert nearest("zzz", [f"name-{number}" for number in range(100)]).endswith("name-11, …")


def test_nothing_allowed_has_no_hint() -> None:
    """Without names there is nothing to suggest."""
    assert nearest("zzz", []) == ""


def test_case_does_not_matter() -> None:
    """A name in another case is near."""
    assert closest("EUROPE/LONDON", ["Europe/London", "Asia/Tokyo"]) == "Europe/London"


def test_a_long_name_is_cut_in_quotes() -> None:
    """A message stays readable whatever was typed."""
    assert f"'{'x' * 100}…'" == quoted("x" * 5_000)
