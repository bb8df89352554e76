"""Looking names up."""

from convener.documents import Spot, read_document
from convener.errors import Place
from convener.operations.scenarios.cast import cast_of
from convener.operations.scenarios.givens import completed
from convener.operations.scenarios.names import Names, item
from convener.operations.scenarios.tables import GivenTable

PLACE = Place("x.test.toml", 2, 4)


def test_a_name_becomes_an_id_or_a_problem() -> None:
    """What is not there has the nearest name as its cure; among managers only managers count."""
    names = Names(cast_of(completed(GivenTable()), "lead", []))

    assert ("mia@client.example", "lead/north") == (names.person("mia", PLACE), names.pod("north", PLACE))
    assert "" == names.person("ann", PLACE, names.cast.coaches)
    assert [("unknown-person", PLACE)] == [(problem.code, problem.place) for problem in names.problems]


def test_an_item_has_its_place_in_a_list_and_alone(tmp_path) -> None:
    """`to = "ann"` and the second of `to = ["ann", "ben"]`."""
    path = tmp_path / "x.toml"
    path.write_text('one = "ann"\nmany = ["ann", "ben"]\n', encoding="utf-8")
    spot = Spot(read_document(path, name="x.toml"))

    assert (Place("x.toml", 1, 7), Place("x.toml", 2, 16)) == (item(spot, "one", 0), item(spot, "many", 1))
