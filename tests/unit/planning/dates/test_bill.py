"""What a pod's series comes to, rule by rule."""

from datetime import UTC, date, datetime, timedelta
from itertools import combinations, pairwise
from typing import Any

from convener.model import Session, SessionStatus, Span
from convener.planning.dates.bill import Item, bills
from convener.planning.dates.layout import Plot, lay_out
from convener.planning.dates.posing import pose
from convener.rulesets.ruleset import SessionPlan

EARLIEST = datetime(2027, 1, 1, tzinfo=UTC)
DAYS = [date(2027, 2, 1) + timedelta(days=5 * number) for number in range(8)]
PLAN = SessionPlan(count=3, length=Span.parse("2 hours"), every=Span.parse("1 week"))


def plot_of(rules: Any, known: Any, answers: Any, **more: Any) -> Plot:
    """Return the only pod's nodes."""
    [plot] = lay_out([pose(rules, known, answers, EARLIEST, **more)]).plots
    return plot


def kept(status: SessionStatus, at: datetime) -> Session:
    """Return the first session with its date."""
    return Session(pod="lead/one", number=1, topic="", status=status, starts=at, ends=at + timedelta(hours=2))


def test_the_arrays_say_what_the_bills_say(make: Any) -> None:
    """R10: every series costs on the arrays what its named costs come to, late starts and cadence included."""
    rules = make.ruleset(
        make.rule("gap", "session-gap", flexible=True, weight=3, min="5 days", max="8 days"),
        make.rule("black", "blackout", flexible=True, weight=4, dates=("2027-02-06..2027-02-12",)),
        sessions=PLAN,
    )
    known = make.pods(make.register({"ana": {}, "ben": {}}), {"one": ["ana", "ben"]})
    answers = make.availability(DAYS, {"ana": "yiyiyyny", "ben": "yynnyyyi"})

    plot = plot_of(rules, known, answers)

    for path in combinations(range(len(DAYS)), 3):
        named = sum(item.cost for bill in bills(plot, path) for item in bill.values())
        assert plot.series.price(path) == named
        assert named >= sum(abs((DAYS[b] - DAYS[a]).days - 7) // 3 for a, b in pairwise(path))


def test_each_session_is_billed_for_what_it_lacks_and_for_the_step_to_it(make: Any) -> None:
    """R11: by rule and session the units and what they cost; what holds, and what must hold, is no item."""
    rules = make.ruleset(
        make.rule("all", "quorum", flexible=True, weight=5, members=2),
        make.rule("some", "quorum", members=1),
        make.rule("near", "session-gap", flexible=True, weight=2, min="1 day", max="7 days"),
        make.rule("alike", "session-pattern", flexible=True, weight=4, same=("weekday",)),
    )
    known = make.pods(make.register({"ana": {}, "ben": {}}), {"one": ["ana", "ben"]})
    answers = make.availability([DAYS[0], DAYS[1], DAYS[3]], {"ana": "yyy", "ben": "yni"})

    first, second, third = bills(plot_of(rules, known, answers), (0, 1, 2))

    assert first == {}
    assert second == {"answers": Item(3, 3), "all": Item(1, 5), "alike": Item(1, 4)}
    assert third == {"answers": Item(1, 1), "near": Item(3, 6), "alike": Item(1, 4)}


def test_a_late_start_is_billed_to_the_first_session_alone(make: Any) -> None:
    """R11: one for each full three days from the start of the programme, unless the first session has its date."""
    known = make.pods(make.register({"ana": {}}), {"one": ["ana"]})
    answers = make.availability(DAYS, {"ana": "y" * 8})
    held = known.with_session(kept(SessionStatus.HELD, datetime(2027, 1, 29, 10, tzinfo=UTC)))

    late = bills(plot_of(make.ruleset(sessions=PLAN), known, answers), (1, 2, 3))
    begun = bills(plot_of(make.ruleset(sessions=PLAN), held, answers), (0, 1, 2))

    assert [{"start": Item(6, 6)}, {}, {}] == late
    assert [{}, {"every": Item(1, 1)}, {}] == begun


def test_a_confirmed_session_pays_notice_only_when_it_moves(make: Any) -> None:
    """R10: what has been known for long is not told at short notice; any other date would be."""
    rules = make.ruleset(make.rule("late", "notice", flexible=True, weight=7, min="2000 hours"))
    at = datetime(2027, 2, 6, 10, tzinfo=UTC)
    known = make.pods(make.register({"ana": {}}), {"one": ["ana"]}).with_session(kept(SessionStatus.CONFIRMED, at))
    plot = plot_of(rules, known, make.availability(DAYS, {"ana": "y" * 8}), replan=True)

    stays, moves = (bills(plot, path) for path in ((1, 2, 3), (0, 2, 3)))

    assert [{}, {"late": Item(1, 7)}, {"late": Item(1, 7)}] == stays
    assert [{"late": Item(1, 7)}] * 3 == moves
