"""Why each date."""

from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from typing import Any

import pytest

from convener.model import Coach, Session, SessionStatus
from convener.planning.dates.explanation import Chosen, dearer, extra, why
from convener.planning.dates.layout import lay_out
from convener.planning.dates.outcome import choose
from convener.planning.dates.posing import pose
from convener.planning.dates.series import FAR

EARLIEST = datetime(2027, 1, 1, tzinfo=UTC)
DAYS = [date(2027, 2, 1) + timedelta(days=7 * number) for number in range(6)]


def chosen(make: Any, said: dict[str, str], path: tuple[int, ...], *rules: Any) -> Chosen:
    """Return *path* as the series of one pod of everyone who answered, with a coach."""
    people = [person for person in said if person != "coach@x"]
    known = make.register({person: {} for person in people}, coaches=[Coach(id="coach@x")])
    register = make.pods(known, {"one": people}, "coach@x")
    layout = lay_out([pose(make.ruleset(*rules), register, make.availability(DAYS, said), EARLIEST)])
    return choose(layout, [path])[0]


def test_every_session_is_explained(planned_northern: Any) -> None:
    """R11: who can come, who cannot, and how long after the session before."""
    session = planned_northern.dates.sessions[1]
    names = [planned_northern.register.people[person].name for person in session.absent]

    assert session.why[0] == f"{len(session.coming)} of 8 can come, 6 are needed"
    assert not names or any(line.startswith("cannot: ") and names[0] in line for line in session.why)
    assert any(line.endswith(" days after the session before") for line in session.why)


def test_who_cannot_come_and_who_comes_only_if_needed_are_named(make: Any) -> None:
    """R11: members and coach by name, the step from the session before, what each rule costs, and what is next best."""
    said = {"ana": "yyyyyy", "ben": "ynyynn", "cho": "yiyyyy", "coach@x": "yiyyyy"}
    rules = (
        make.rule("quorum", "quorum", members="50%"),
        make.rule("all", "quorum", flexible=True, weight=4, members=3),
        make.rule("one", "quorum", members=1),
    )

    found = chosen(make, said, (0, 1, 2), *rules)

    assert [
        "2 of 3 can come, 2 are needed",
        "cannot: Ben",
        "only if needed: Cho and Coach@X",
        "7 days after the session before",
        "costs all 4 and answers 5",
    ] == list(why(found, 1))[:-1]
    assert ["3 of 3 can come, 2 are needed"] == list(why(found, 0))[:-1]


@pytest.mark.parametrize("path", [(0, 1, 2), (1, 3, 4), (2, 4, 5)])
def test_what_is_next_best_is_the_best_of_all_others(make: Any, path: tuple[int, ...]) -> None:
    """R11: of every series with another date for the session none is cheaper than what is told, dearer or cheaper."""
    said = {"ana": "yniyny", "ben": "ynyiyy", "coach@x": "iyyyyn"}
    found = chosen(make, said, path, make.rule("gap", "session-gap", min="5 days", max="21 days"))
    series = found.plot.series
    prices = {each: series.price(each) for each in combinations(range(len(DAYS)), 3)}

    for layer, node in enumerate(path):
        others = {each: cost for each, cost in prices.items() if each[layer] != node and cost < FAR}
        best = min(others.values())
        days = {DAYS[each[layer]] for each, cost in others.items() if cost == best}
        expected = {f"next best: {day:%-d %B %Y} 10:00, {dearer(found, best)}" for day in days}
        assert list(why(found, layer))[-1] in expected


def test_nothing_is_next_best_where_there_is_no_other_date(make: Any) -> None:
    """R11: with as many dates as sessions there is nothing to choose, and a programme without rules asks for nobody."""
    known = make.pods(make.register({"ana": {}}), {"one": ["ana"]})
    layout = lay_out([pose(make.ruleset(), known, make.availability(DAYS[:3], {"ana": "yyy"}), EARLIEST)])

    [found] = choose(layout, [(0, 1, 2)])

    assert ["1 of 1 can come", "7 days after the session before"] == list(why(found, 1))


def test_moves_are_told_apart_from_costs(make: Any) -> None:
    """R10: the price of moving a confirmed session is said as a move, not as what rules cost."""
    at = datetime(2027, 2, 8, 10, tzinfo=UTC)
    kept = Session(
        pod="lead/one", number=1, topic="", status=SessionStatus.CONFIRMED, starts=at, ends=at + timedelta(hours=2)
    )
    known = make.pods(make.register({"ana": {}}), {"one": ["ana"]}).with_session(kept)
    answers = make.availability(DAYS, {"ana": "ynyyiy"})
    layout = lay_out([pose(make.ruleset(), known, answers, EARLIEST, replan=True)])
    [stays] = choose(layout, [(1, 2, 3)])
    [moves] = choose(layout, [(0, 2, 3)])

    assert (1, -3) == extra(stays, moves.price)
    assert (-1, 3) == extra(moves, stays.price)
    assert "costs 3 less and moves 1 more" == dearer(stays, moves.price)
    assert ["costs the same", "costs 1 more"] == [dearer(stays, stays.price + more) for more in (0, 1)]
    assert "next best: 1 February 2027 10:00, costs 3 less and moves 1 more" in list(why(stays, 0))
