"""What a report is made of."""

from datetime import date

from convener.reporting.figures import Column, Figure, Table, ratio


def test_a_value_follows_from_its_numerator_and_denominator() -> None:
    """R19: every figure states both, and its value is their quotient."""
    figure = Figure(id="attendance", label="Attendance", numerator=2, denominator=3, as_of=date(2027, 5, 3))

    assert 0.6667 == figure.value


def test_nothing_out_of_nothing_has_no_value() -> None:
    """A rate without places is not zero."""
    assert ratio(0, 0) is None


def test_records_name_each_cell_by_its_column() -> None:
    """Rows read as mappings by column id."""
    table = Table(
        id="t", title="T", columns=(Column("pod", "Set", "pod.name"), Column("value", "Value", "f")), rows=(("a", 1),)
    )

    assert [{"pod": "a", "value": 1}] == table.records()
