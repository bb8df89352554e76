"""From the question to a proposal of dates."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from convener.model import Conflict, DateProposal
from convener.planning.dates.run import pose, propose


def test_an_impossible_series_is_a_conflict(make: Any) -> None:
    """R11: two slots for three sessions are answered by what is in the way, three by dates."""
    known = make.pods(make.register({"ana": {}}), {"one": ["ana"]})
    days = [date(2027, 2, 1) + timedelta(days=7 * number) for number in range(3)]
    answers = {count: make.availability(days[:count], {"ana": "y" * count}) for count in (2, 3)}
    found = [
        propose(
            lambda rules, given=given: pose(rules, known, given, datetime(2027, 1, 1, tzinfo=UTC)),
            make.ruleset(),
            seed=1,
            seconds=2,
        )
        for given in answers.values()
    ]

    assert [Conflict, DateProposal] == [type(each) for each in found]
