"""The parts of a register."""

from dataclasses import fields

from convener.model import Register
from convener.store.kinds import ENROLMENTS, OWN, SHARED


def test_every_part_of_a_register_has_its_table() -> None:
    """A new field of the register cannot be forgotten here."""
    elsewhere = {"client", "programme", "state", "cursor", "invites", "events"}

    assert {field.name for field in fields(Register)} - elsewhere == {
        kind.field for kind in (*OWN, *(part.kind for part in SHARED))
    }


def test_rows_that_begin_together_do_not_hide_each_other(rich: Register) -> None:
    """Two enrolments of one person on one day keep their order as first and second."""
    keys = list(ENROLMENTS.part(rich))

    assert len(rich.enrolments) == len(keys)
    assert [0, 1] == sorted(key[2] for key in keys if key[0] == "E-001" and key[1].month == 6)
