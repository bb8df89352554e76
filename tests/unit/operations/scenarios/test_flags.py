"""What a flag is of and about."""

from datetime import UTC, datetime

import pytest

from convener.model import Flag
from convener.operations.scenarios.flags import cause_of, subjects_of


def flag(below: str) -> Flag:
    """Make a flag whose id goes on with *below*."""
    return Flag(
        id=f"acme/lead/{below}", severity="low", client="acme", programme="lead", subject="ann@client.example",
        since=datetime(2027, 1, 15, tzinfo=UTC), text="", settle="",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("below", "cause", "about"),
    [
        ("floor/ann", "floor", "ann"),
        ("quorum/lead/north/1", "quorum", "lead/north/1"),
        ("remind/late/lead/north/1/2027-01-15T09:00", "remind", "lead/north/1"),
        ("sane/ann/2027-01-15", "sane", "ann"),
        ("waivers/W-1/ann", "W-1", "ann"),
    ],
)
def test_an_id_names_cause_and_subject(below: str, cause: str, about: str) -> None:
    """The rule, automation or waiver comes first; a day or a slot behind the subject does not matter."""
    assert (cause, True) == (cause_of(flag(below)), about in subjects_of(flag(below)))


def test_a_person_is_also_their_address() -> None:
    """Flags show people by address."""
    assert "ann@client.example" in subjects_of(flag("sane/x"))
