"""Things to know before dates are published."""

from datetime import UTC, date, datetime
from typing import Any

from convener.model import DateProposal
from convener.planning import propose_dates


def test_changes_of_clocks_are_told(planned_northern: Any, planned_brightwater: Any) -> None:
    """R11: in the programme's zone, and for members elsewhere with the hour before and after."""
    northern, brightwater = planned_northern.dates.notices, planned_brightwater.dates.notices

    assert "clocks change in Europe/London on 28 March 2027; sessions keep their hours on that clock" == northern[0]
    assert any(line.startswith("clocks change in Australia/Melbourne on 4 April 2027; ") for line in brightwater)
    assert any("in Asia/Singapore" in line and "was 07:00 there and becomes 08:00" in line for line in brightwater)


def test_a_date_with_nobody_to_spare_is_told(make: Any) -> None:
    """R11: a session that just makes its quorum names who is missing."""
    known = make.pods(make.register({name: {} for name in ("ana", "ben", "cy")}), {"one": ["ana", "ben", "cy"]})
    days = [date(2027, 2, 1), date(2027, 2, 8), date(2027, 2, 15)]
    answers = make.availability(days, {"ana": "yyy", "ben": "yyy", "cy": "yny"})

    found = propose_dates(
        make.ruleset(make.rule("quorum", "quorum", members=2)),
        known,
        answers,
        earliest=datetime(2027, 1, 1, tzinfo=UTC),
    )

    assert isinstance(found, DateProposal)
    assert [
        "lead/one/2 on 8 February 2027 just makes its quorum, 2 of 3: without Cy nobody else can be missing"
    ] == list(found.notices)
