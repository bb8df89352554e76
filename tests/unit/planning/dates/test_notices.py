"""Things to know before dates are published."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from convener.model import DateProposal
from convener.planning import propose_dates


def test_changes_of_clocks_are_told(planned_northern: Any, planned_brightwater: Any) -> None:
    """R11: in the programme's zone, and for members elsewhere with the hour before and after."""
    northern, brightwater = planned_northern.dates.notices, planned_brightwater.dates.notices

    assert "clocks change in Europe/London on 28 March 2027; sessions keep their hours on that clock" == northern[0]
    assert any(line.startswith("clocks change in Australia/Melbourne on 4 April 2027; ") for line in brightwater)
    assert any("in Asia/Singapore" in line and "was 09:00 there and becomes 10:00" in line for line in brightwater)


def test_every_zone_hears_of_its_own_hours(make: Any) -> None:
    """R11: the hour the sessions really have, for each change of a clock, and who it is for."""
    people = make.register({"ana": {}, "ben": {}, "cy": {}}, zones={"ben": "America/New_York", "cy": "Asia/Singapore"})
    known = make.pods(people, {"one": ["ana", "ben", "cy"]})
    days = [date(2027, 3, 8), date(2027, 3, 22), date(2027, 3, 29)]
    early, late = (make.availability(days, dict.fromkeys(("ana", "ben", "cy"), "yyy"), hour=hour) for hour in (14, 13))
    slots = (*early.slots[:2], late.slots[2])

    found = propose_dates(make.ruleset(), known, replace(early, slots=slots), earliest=datetime(2027, 1, 1, tzinfo=UTC))

    assert isinstance(found, DateProposal)
    where = "(1 person in 1 pod): 14:00 in Europe/London was"
    assert [
        f"from 14 March 2027 sessions fall at another hour in America/New_York {where} 09:00 there and becomes 10:00",
        f"from 28 March 2027 sessions fall at another hour in America/New_York {where} 10:00 there and becomes 09:00",
        f"from 28 March 2027 sessions fall at another hour in Asia/Singapore {where} 22:00 there and becomes 21:00",
        "clocks change in Europe/London on 28 March 2027; sessions keep their hours on that clock",
    ] == list(found.notices)


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
