"""Understanding rosters."""

import pytest

from convener.errors import DataError
from convener.operations.roster import Refusal, map_header, read_coaches, read_roster
from convener.ports import Table, TableRow

HEADER = ("Staff no", "Name", "E-mail", "Region", "Line manager", "Line manager e-mail", "Time zone")


def table(*rows: tuple[str, ...], header: tuple[str, ...] = HEADER) -> Table:
    """Return a roster whose first row stands on line 2."""
    lines = tuple(
        TableRow(line=number, values=dict(zip(header, row, strict=True))) for number, row in enumerate(rows, start=2)
    )
    return Table(source="roster.csv", header=header, rows=lines)


def test_headers_are_known_by_their_usual_names() -> None:
    """A roster with common headers needs no `columns` (R3)."""
    fields = map_header(table(), {})

    assert {"id": "Staff no", "name": "Name", "email": "E-mail"}.items() <= fields.items()


def test_a_column_named_in_toml_wins_over_the_aliases() -> None:
    """The client's own header is used when the programme names it (R3)."""
    odd = table(header=("Staff no", "Name", "E-mail", "Private address"))

    assert "Private address" == map_header(odd, {"email": "Private address"})["email"]


def test_a_missing_required_column_is_one_clear_message() -> None:
    """A roster without ids says which column is missing, and how to name it (R3)."""
    with pytest.raises(DataError, match="no column for id") as caught:
        read_roster(table(header=("Name", "E-mail")), {})

    assert "columns" in caught.value.hint


def test_a_column_that_toml_names_but_the_roster_lacks_is_refused() -> None:
    """A renamed column stops the read and lists what there is."""
    with pytest.raises(DataError, match="'Mail'"):
        read_roster(table(), {"email": "Mail"})


def test_a_good_row_becomes_a_person_with_attributes_and_manager() -> None:
    """Ids keep their leading zeros; unknown columns become attributes (R3)."""
    row = ("00101", "Chiara Grant", "chiara@x.example", "Cumbria", "Leila Iqbal", "Leila@x.example", "Europe/London")
    (nominee,) = read_roster(table(row), {}).nominees

    assert ("00101", {"region": "Cumbria"}) == (nominee.person.id, dict(nominee.person.attributes))
    assert nominee.manager is not None
    assert ("leila@x.example", "Leila Iqbal") == (nominee.manager.id, nominee.manager.name)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (("", "A", "a@x.example", "", "", "", ""), "no id"),
        (("1", "", "", "", "", "", ""), "no name and no email"),
        (("1", "A", "not an address", "", "", "", ""), "'not an address' is not an address"),
        (("1", "A", "a@x.example", "", "A", "A@x.example", ""), "a@x.example is named as their own line manager"),
        (
            ("1", "A", "a@x.example", "", "", "", "Mars/Base"),
            "'Mars/Base' is not an IANA time zone, for example 'Europe/London'",
        ),
    ],
)
def test_a_bad_row_is_refused_with_its_line_and_reason(row: tuple[str, ...], reason: str) -> None:
    """Each refusal names the line and says why; the other rows go on (R3)."""
    good = ("9", "B", "b@x.example", "", "", "", "")
    reading = read_roster(table(row, good), {})

    assert (Refusal(line=2, reason=reason),) == reading.refused
    assert ["9"] == [nominee.person.id for nominee in reading.nominees]


def test_two_people_with_one_address_are_reported_and_not_merged() -> None:
    """The second of two rows with one address is refused, naming the first (R3)."""
    rows = (("1", "A", "a@x.example", "", "", "", ""), ("2", "B", "A@x.example", "", "", "", ""))
    reading = read_roster(table(*rows), {})

    assert (Refusal(line=3, reason="address A@x.example belongs to line 2 already"),) == reading.refused


def test_a_coach_is_read_with_load_and_absences() -> None:
    """Coaches carry what planning needs (R9)."""
    header = ("email", "name", "timezone", "max_pods", "accredited", "years", "away")
    row = ("c@x.example", "Inês Duarte", "Europe/London", "3", "a;b", "9", "2027-03-22..2027-04-02")
    people, coaches, refused = read_coaches(table(row, header=header))
    coach = coaches["c@x.example"]

    assert ((), "Inês Duarte") == (refused, people["c@x.example"].name)
    assert (3, frozenset({"a", "b"}), 9, "2027-03-22..2027-04-02") == (
        coach.max_pods,
        coach.accredited,
        coach.years,
        str(coach.away[0]),
    )


def test_a_coach_with_a_load_that_is_no_number_is_refused() -> None:
    """A bad cell refuses its row and no other."""
    header = ("email", "name", "max_pods")
    people, _, refused = read_coaches(table(("c@x.example", "C", "many"), header=header))

    assert ({}, "max_pods is 'many', not a whole number") == (people, refused[0].reason)
