"""What holds of all dates: small polls drawn by hypothesis, against every choice of dates there is."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import combinations, pairwise, product
from types import ModuleType, SimpleNamespace
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from convener.model import Answer, Availability, Coach, Conflict, DateProposal, PodProposal
from convener.planning import propose_dates, propose_pods, verify_dates
from convener.planning.effort import Effort

DAY, FIRST = date(2026, 12, 1), date(2027, 1, 18)
EARLIEST = datetime(2026, 12, 20, tzinfo=UTC)
STEPS, FEW = 100_000, 2_000
drawing = settings(
    max_examples=20, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
"""`make` gives functions without state, so that one serves every example."""
weights = st.sampled_from((0, 0, 1, 3))
answers = st.text("yin", min_size=7, max_size=7)


@st.composite
def polls(draw: st.DrawFn) -> dict[str, Any]:
    """Draw two pods of two with one coach or two, seven days to choose from, everyone's answers and some rules."""
    return {
        "days": sorted(draw(st.lists(st.integers(0, 34), min_size=7, max_size=7, unique=True))),
        "answers": {person: draw(answers) for person in ("ana", "ben", "cho", "dee", "one@x", "two@x")},
        "shared": draw(st.booleans()),
        "gap": (draw(st.integers(1, 6)), draw(st.integers(7, 25)), draw(weights)),
        "quorum": (draw(st.integers(1, 2)), draw(weights)),
        "called": draw(st.booleans()),
    }


def dates_of(make: SimpleNamespace, poll: dict[str, Any]) -> tuple[Any, Any, Availability]:
    """Return rules, register and answers of a poll."""
    least, most, weight = poll["gap"]
    named = [
        make.rule(
            "gap", "session-gap", flexible=weight > 0, weight=weight or 1, min=f"{least} days", max=f"{most} days"
        ),
        make.rule(
            "quorum", "quorum", flexible=poll["quorum"][1] > 0, weight=poll["quorum"][1] or 1, members=poll["quorum"][0]
        ),
    ]
    if poll["called"]:
        named.append(make.rule("called", "quorum", members=1, coach=True))
    coaches = [Coach(id="one@x"), Coach(id="two@x")]
    known = make.register({each: {} for each in ("ana", "ben", "cho", "dee")}, coaches=coaches)
    one = make.pods(known, {"one": ["ana", "ben"]}, coach="one@x")
    two = make.pods(known, {"two": ["cho", "dee"]}, coach="one@x" if poll["shared"] else "two@x")
    register = replace(
        known,
        pods={**one.pods, **two.pods},
        memberships=(*one.memberships, *two.memberships),
        coachings=(*one.coachings, *two.coachings),
    )
    days = [FIRST + timedelta(days=offset) for offset in poll["days"]]
    return make.ruleset(*named), register, make.availability(days, poll["answers"])


def date_cost(poll: dict[str, Any], members: str, coach: str, chosen: Sequence[int]) -> int | None:
    """Return what a pod's dates cost, by the formula of `dates.question` counted by hand; None when forbidden."""
    least, most, weight = poll["gap"]
    wanted, heavy = poll["quorum"]
    cost = 0
    for slot in chosen:
        said = [poll["answers"][person][slot] for person in members.split()]
        come = len(said) - said.count("n")
        leads = poll["answers"][coach][slot]
        if (poll["called"] and (leads == "n" or come < 1)) or (not heavy and come < wanted):
            return None
        cost += 3 * said.count("n") + said.count("i") + (leads == "i") + heavy * max(wanted - come, 0)
    for one, other in pairwise(chosen):
        days = poll["days"][other] - poll["days"][one]
        off = max(least - days, days - most, 0)
        if off and not weight:
            return None
        cost += weight * off
    return cost


@drawing
@given(polls())
def test_two_pods_get_the_best_dates_of_all(make: SimpleNamespace, poll: dict[str, Any]) -> None:
    """R10: of all ways to give two pods three dates each none is cheaper; a conflict means that there is none."""
    ruleset, register, availability = dates_of(make, poll)
    series = list(combinations(range(7), 3))
    leads = "one@x" if poll["shared"] else "two@x"
    ours = [(path, cost) for path in series if (cost := date_cost(poll, "ana ben", "one@x", path)) is not None]
    theirs = [(path, cost) for path in series if (cost := date_cost(poll, "cho dee", leads, path)) is not None]
    totals = [
        a + b for (one, a), (other, b) in product(ours, theirs) if not poll["shared"] or not set(one) & set(other)
    ]

    found = propose_dates(ruleset, register, availability, earliest=EARLIEST, effort=Effort(steps=STEPS))

    if isinstance(found, Conflict):
        assert [] == totals
        assert found.explanation
    else:
        broken = [each for each in verify_dates(ruleset, register, found, availability) if each.inflexible]
        assert [] == broken
        assert (min(totals), min(totals)) == (found.score, found.bound)


@drawing
@given(polls(), st.permutations(range(7)), st.permutations(["ana", "ben", "cho", "dee", "one@x", "two@x"]))
def test_the_order_of_slots_and_answers_does_not_matter(
    make: SimpleNamespace, poll: dict[str, Any], places: list[int], people: list[str]
) -> None:
    """R10: permuted answers, people and rules give the identical dates or conflict, and so does asking again."""
    ruleset, register, known = dates_of(make, poll)
    mixed = Availability(
        slots=tuple(known.slots[at] for at in places),
        answers={person: tuple(known.answers[person][at] for at in places) for person in people},
    )
    other_rules = replace(ruleset, rules=dict(reversed(ruleset.rules.items())))
    other = replace(
        register,
        pods=dict(reversed(register.pods.items())),
        memberships=register.memberships[::-1],
        coachings=register.coachings[::-1],
    )

    one = propose_dates(ruleset, register, known, earliest=EARLIEST, effort=Effort(steps=STEPS))
    two = propose_dates(other_rules, other, mixed, earliest=EARLIEST, effort=Effort(steps=STEPS))

    assert one == two


@settings(drawing, max_examples=5)
@given(st.integers(1, 10_000))
def test_dates_of_drawn_programmes_get_no_worse_with_more_steps(drawn: ModuleType, seed: int) -> None:
    """R10: dates are clean, bounded from below, the same for the same steps, and no worse for more."""
    programme = drawn.draw(24, seed=seed)
    pods = propose_pods(programme.ruleset, programme.register, day=DAY, effort=Effort(steps=STEPS))
    assert isinstance(pods, PodProposal)
    register = drawn.adopt(programme.register, pods)

    def dates(steps: int) -> DateProposal:
        found = propose_dates(
            programme.ruleset, register, programme.availability, earliest=EARLIEST, effort=Effort(steps=steps)
        )
        assert isinstance(found, DateProposal)
        return found

    few, many = dates(FEW), dates(STEPS)

    assert few == dates(FEW)
    assert few.bound <= many.bound <= many.score <= few.score
    assert {Answer.NO} >= {
        programme.availability.answers[person][programme.availability.slots.index(slot)]
        for session in many.sessions
        for person in session.absent
        for slot in programme.availability.slots
        if (slot.starts, slot.ends) == (session.starts, session.ends)
    }
