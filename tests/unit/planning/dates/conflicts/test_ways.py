"""Ways out of conflicts drawn at random: each one works, and what explains them agrees with what plans."""

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from convener.model import Answer, Coach, Conflict, DateProposal, DateRange, Session, SessionStatus
from convener.planning import propose_dates
from convener.planning.dates.bill import bills
from convener.planning.dates.conflicts.trial import trial_of
from convener.planning.dates.layout import lay_out
from convener.planning.dates.posing import pose
from convener.planning.dates.solver import again
from convener.planning.relaxations import relaxed

EARLIEST = datetime(2027, 1, 25, tzinfo=UTC)
PEOPLE = ("ana", "ben", "cy", "c@x")


def drawn(make: Any, seed: int) -> tuple[Any, Any, Any]:
    """Return rules, register and answers of one pod or two with a coach who is away for some days."""
    chance = random.Random(seed)  # noqa: S311 - makes examples, not secrets
    count = chance.randint(3, 9)
    days = sorted(date(2027, 2, 1) + timedelta(days=ahead) for ahead in chance.sample(range(40), count))
    said = {who: "".join(chance.choices("yin", (5, 2, 3), k=count)) for who in PEOPLE if chance.random() < 0.9}
    kinds: list[tuple[str, dict[str, Any]]] = [
        ("quorum", {"members": chance.choice([1, 2, "75%"]), "coach": chance.random() < 0.4}),
        ("session-gap", {"min": f"{chance.randint(1, 8)} days", "max": f"{chance.randint(8, 20)} days"}),
        ("session-window", {"days": ("mon", "wed", "thu", "fri", "sun")}),
        ("session-pattern", {"same": ("weekday",)}),
        ("blackout", {"dates": ("2027-02-10..2027-02-20",)}),
        ("notice", {"min": "10 days"}),
        ("coach-load", {"max_sessions_per_day": 1}),
    ]
    rules = [
        make.rule(kind, kind, flexible=chance.random() < 0.3, **terms) for kind, terms in kinds if chance.random() < 0.5
    ]
    away = Coach(id="c@x", away=(DateRange(date(2027, 2, 25), date(2027, 3, 1)),))
    people = make.register({who: {} for who in PEOPLE[:3]}, coaches=[away])
    pods = {"one": ["ana", "ben"], **({"two": chance.choice([["ben", "cy"], ["cy"]])} if seed % 2 else {})}
    known = make.pods(people, pods, "c@x" if chance.random() < 0.7 else "")
    for number in sorted(chance.sample((1, 2, 3), chance.choice((0, 0, 1, 2)))):
        starts = datetime(2027, 1, 20, 10, tzinfo=UTC) + timedelta(days=12 * number + chance.randint(0, 4))
        status = chance.choice((SessionStatus.HELD, SessionStatus.CONFIRMED))
        known = known.with_session(
            Session(
                pod="lead/one", number=number, topic="", status=status, starts=starts, ends=starts + timedelta(hours=2)
            )
        )
    return make.ruleset(*rules), known, make.availability(days, said)


@pytest.mark.parametrize("seed", range(30))
def test_every_way_out_works(make: Any, seed: int) -> None:
    """R11: whatever the conflict, each relaxation that changes rules or answers gives dates."""
    rules, known, answers = drawn(make, seed)
    replan = seed % 3 == 0

    found = propose_dates(rules, known, answers, earliest=EARLIEST, replan=replan)

    assert isinstance(found, DateProposal) or found.relaxations
    for way in found.relaxations if isinstance(found, Conflict) else ():
        yes = dict.fromkeys(way.asks, (Answer.YES,) * len(answers.slots))
        willing = type(answers)(slots=answers.slots, answers={**answers.answers, **yes})
        again_found = propose_dates(relaxed(rules, way), known, willing, earliest=EARLIEST, replan=replan)
        assert isinstance(again_found, DateProposal) or not (way.terms or way.asks)


@pytest.mark.parametrize("seed", range(30))
def test_trials_bills_and_series_agree(make: Any, seed: int) -> None:
    """R11: a pod is impossible for the explanation just where it is for the planner, and costs what its bills say."""
    rules, known, answers = drawn(make, seed)
    layout = lay_out([pose(rules, known, answers, EARLIEST, replan=seed % 3 == 0)])

    for plot in layout.plots:
        best, trial = again(plot.series, ()), trial_of(plot.judged)
        assert trial.possible(trial.names) == (best is not None)
        if best is not None:
            named = sum(item.cost for bill in bills(plot, best[1]) for item in bill.values())
            assert best[0] == named + layout.moving * len(plot.moved(best[1]))
