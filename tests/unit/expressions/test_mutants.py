"""Small changes to a clause."""

import pytest

from convener.errors import InvalidError
from convener.expressions import Fact, mutants


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            "session.number >= 2",
            {
                "session.number > 2": "`>=` becomes `>`",
                "session.number < 2": "`>=` becomes `<`",
                "session.number >= 1": "`2` becomes `1`",
                "session.number >= 3": "`2` becomes `3`",
            },
        ),
        (
            "!poll.open && has(poll.id)",
            {"poll.open && has(poll.id)": "`!` goes", "!poll.open || has(poll.id)": "`&&` becomes `||`"},
        ),
        (
            "poll.id in ['a', 'b']",
            {"!(poll.id in ['a', 'b'])": "`in` becomes not in"},
        ),
        (
            "poll.id == 'a' || poll.id != 'b'",
            {
                "poll.id != 'a' || poll.id != 'b'": "`==` becomes `!=`",
                "poll.id == 'a' && poll.id != 'b'": "`||` becomes `&&`",
                "poll.id == 'a' || poll.id == 'b'": "`!=` becomes `==`",
            },
        ),
        (
            "attendance.rate > 0.5",
            {"attendance.rate >= 0.5": "`>` becomes `>=`", "attendance.rate <= 0.5": "`>` becomes `<=`"},
        ),
        ("participant.active", {}),
    ],
)
def test_every_small_change_is_made_once(source: str, expected: dict[str, str]) -> None:
    """N2: comparisons, numbers, `!`, `&&` and `||`, each on its own."""
    assert expected == {mutant.source: mutant.what for mutant in mutants(source)}


def test_the_same_change_in_two_places_is_told_apart() -> None:
    """N2: a survivor can be found in its clause."""
    found = {mutant.what for mutant in mutants("has(poll.id) && poll.open && poll.answered")}

    assert {"`&&` becomes `||`, at character 14", "`&&` becomes `||`, at character 27"} == found


def test_a_change_that_is_no_clause_is_left_out() -> None:
    """N2: what `check` would refuse needs no test: a month 12, or `<` between words of a list."""
    months = [mutant.source for mutant in mutants("session.starts.getMonth() == 11")]

    assert ["session.starts.getMonth() != 11", "session.starts.getMonth() == 10"] == months


def test_what_is_no_clause_has_no_mutants() -> None:
    """R29: it is told like anywhere else."""
    with pytest.raises(InvalidError):
        mutants("session.nmber == 1")


def test_facts_of_plugins_are_known() -> None:
    """R28: the catalogue is the one the clause is checked against."""
    catalogue = {"house.open": Fact(name="house.open", type="bool", meaning="somebody is in")}

    assert ["house.open"] == [mutant.source for mutant in mutants("!house.open", catalogue)]
