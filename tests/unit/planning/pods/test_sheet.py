"""The model of who sits with whom."""

from datetime import date
from typing import Any

from convener.planning.effort import Effort
from convener.planning.pods.question import pose
from convener.planning.pods.sheet import FEW, lay_out
from convener.planning.pods.sizes import Frame
from convener.planning.search import Found, run, total

DAY = date(2026, 12, 1)


def test_pairs_are_counted_exactly_when_minimised(make: Any) -> None:
    """R7: the tangents meet every whole number of members."""
    question = pose(make.ruleset(), make.register({name: {} for name in "abcd"}), DAY)
    sheet = lay_out(question, [Frame(0, question.people, 4, 4)], optional=False)
    pairs = sheet.pairs(total([sheet.sits(person, 0) for person in "abcd"]), 4)
    sheet.model.minimize(pairs)

    assert 6 == run(sheet.model, Effort(), 10_000_000).solver.value(pairs)


def test_interchangeable_frames_are_ordered_by_their_first_member(make: Any) -> None:
    """R8: of all ways to number the same pods the model knows one."""
    question = pose(make.ruleset(), make.register({name: {} for name in "abcd"}), DAY)
    sheet = lay_out(question, [Frame(0, question.people, 2, 2)] * 2, optional=False)
    sheet.model.add(sheet.seats["a", 1] == 1)

    assert Found.NONE is run(sheet.model, Effort(), 10_000_000).found


def test_many_frames_are_not_ordered(make: Any) -> None:
    """R8: beyond a few, ordering would only stand in the way of finding anything."""
    question = pose(make.ruleset(), make.register({f"p{at:02}": {} for at in range(FEW + 1)}), DAY)
    sheet = lay_out(question, [Frame(0, question.people, 1, 1)] * (FEW + 1), optional=False)
    sheet.model.add(sheet.seats["p00", FEW] == 1)

    assert run(sheet.model, Effort(), 10_000_000).ok
