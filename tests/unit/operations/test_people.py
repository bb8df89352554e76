"""Who is where on any day."""

from datetime import date

import pytest

from convener.errors import UsageError
from convener.operations.people import find_person, register_rows

SCOPE = "northern-health/primary-care"


def test_the_register_lists_everyone_with_pod_coach_and_manager(live) -> None:
    """`register` answers who is where on any day (R1)."""
    day, rows = register_rows(live.workspace, SCOPE, as_of=date(2027, 2, 1))

    assert (date(2027, 2, 1), 40) == (day, len(rows))
    assert all(row.pod and row.coach and row.manager for row in rows)


def test_before_the_first_sync_the_register_is_empty(live) -> None:
    """As of a day before anybody was enrolled, nobody is listed (R1)."""
    assert [] == register_rows(live.workspace, SCOPE, as_of=date(2026, 1, 1))[1]


def test_a_pod_in_the_scope_narrows_the_list(live) -> None:
    """`CLIENT/PROGRAMME/POD` lists that pod's members only."""
    rows = register_rows(live.workspace, f"{SCOPE}/tyneside", as_of=date(2027, 2, 1))[1]

    assert (8, {"primary-care/tyneside"}) == (len(rows), {row.pod for row in rows})


def test_people_are_found_by_address_or_id(live) -> None:
    """Letter case of an address does not matter (P11)."""
    register = live.register

    assert find_person(register, "00101") == find_person(register, "Chiara.Grant@northern.example")


def test_a_name_finds_nobody(live) -> None:
    """People are never matched by name (P11)."""
    with pytest.raises(UsageError, match="nobody in"):
        find_person(live.register, "Chiara Grant")
