"""Turns."""

from functools import partial

import pytest

from convener.decide.stage.happenings import Attended, GoLive
from convener.errors import UsageError
from convener.operations.scenarios.suite import RegisterIn
from convener.operations.simulate.turns import Turn, from_row, same, whole


def test_turns_of_one_instant_keep_their_order(at) -> None:
    """Sooner comes first; of two at once the one made first."""
    late, first, second = (Turn(at(text), partial(same, GoLive())) for text in ("2027-01-02", *["2027-01-01"] * 2))

    assert [first, second, late] == sorted([second, late, first])


def test_what_is_written_happens_as_it_is(stage) -> None:
    """A change needs nothing of the stage."""
    assert [GoLive()] == same(GoLive(), stage)


def test_a_register_can_have_one_status_for_everybody_it_does_not_name(stage) -> None:
    """Who is expected is asked when it comes in, not when it was written."""
    named = RegisterIn(session="lead/north/1", statuses={"2": "missed"})
    others = RegisterIn(session="lead/north/1", statuses={"2": "missed"}, others="attended")

    assert [Attended(session="lead/north/1", statuses={"2": "missed"})] == whole(named, stage)
    assert [{"1": "attended", "2": "missed", "3": "attended"}] == [dict(made.statuses) for made in whole(others, stage)]


def test_a_row_of_a_register_file_is_read_when_it_comes_in(stage, at) -> None:
    """The session's number finds the session of the person's pod; a session that is not over yet is refused."""
    row = {"email": "ann@acme.example", "session": "1", "status": "attended", "engagement": "4"}
    with pytest.raises(UsageError, match="is not over yet"):
        from_row(row, stage)
    list(stage.advance(at("2027-01-20")))

    assert [Attended(session="lead/north/1", statuses={"1": "attended"}, engagement={"1": 4})] == from_row(row, stage)
    assert [{}] == [made.engagement for made in from_row({**row, "engagement": ""}, stage)]
