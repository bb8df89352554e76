"""How what the roster says is shown."""

from convener.model import Register
from convener.reporting.proposals.marks import GROUNDS, LEGEND, short_texts, traits_of, value_of
from convener.rulesets.ruleset import Ruleset


def test_each_column_that_rules_compare_is_a_trait(ruleset: Ruleset, register: Register) -> None:
    """Kind, rule and what is asked for go with it, and every value is counted (R7)."""
    traits = traits_of(ruleset, register, ["a1", "a2", "a3"])

    assert [("site", "same"), ("department", "mix"), ("grade", "similar")] == [(t.column, t.kind) for t in traits]
    assert {"": 0, "Leeds": 2, "York": 1} == {value: mark.count for value, mark in traits[0].marks.items()}
    assert "one-site" == traits[0].rule


def test_ordered_values_are_a_ramp_in_their_order(ruleset: Ruleset, register: Register) -> None:
    """Grade 10 comes after 9, the first value is the lightest and the last the darkest; nothing said is neither."""
    grades = traits_of(ruleset, register, list(register.people))[2].marks
    ordered = [(value, mark.look) for value, mark in grades.items()]

    assert ["", "8a", "9", "10"] == [value for value, _ in ordered]
    assert ["similar none", "similar ramp-0", "similar ramp-2", "similar ramp-5"] == [look for _, look in ordered]


def test_marks_of_a_column_differ() -> None:
    """Values that begin alike, and many of them, still get texts of their own."""
    values = [
        "Leeds",
        "Leek",
        "Lee",
        "R&D",
        "Site 1",
        "Site 10",
        "Community nursing",
        "Ö",
        *(f"Team x{n}y" for n in range(40)),
    ]
    texts = short_texts(values)

    assert len(values) == len(set(texts.values()))
    assert ("S1", "S10", "R&D", "CN") == tuple(texts[v] for v in ("Site 1", "Site 10", "R&D", "Community nursing"))


def test_odd_values_have_marks_too() -> None:
    """Signs without a letter, and digits of other scripts, are no reason to fail."""
    assert {"---- ----", "²³ stage", "٣٤"} == set(short_texts(["---- ----", "²³ stage", "٣٤"]))


def test_very_many_values_are_explained_in_part(ruleset: Ruleset, register: Register) -> None:
    """The most frequent ones stand in the legend, the others are counted; grounds repeat with another edge (R26)."""
    people = {f"x{n}": person for n in range(60) for person in [register.people["a1"]]}
    crowd = Register(
        client="acme",
        programme="lead",
        people={
            who: type(person)(id=who, name=who, email=who, attributes={"department": f"D{at}", "site": "", "grade": ""})
            for at, (who, person) in enumerate(people.items())
        },
    )
    department = traits_of(ruleset, crowd, list(crowd.people))[1]

    assert (LEGEND, 20) == (len(department.legend), department.more)
    assert "again" in department.marks[f"D{GROUNDS}"].look


def test_strangers_say_nothing(register: Register) -> None:
    """Somebody the register does not know has no value."""
    assert "" == value_of(register, "nobody", "site")
