"""Larger questions: searched, then proved."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from convener.model import Coach, Conflict, PodProposal
from convener.planning import propose_pods
from convener.planning.effort import Effort, Progress
from convener.planning.pods.costs import Seated, breaches, score
from convener.planning.pods.division import Division
from convener.planning.pods.filling import SMALL, fill
from convener.planning.pods.question import PodQuestion, pose
from convener.planning.pods.sizes import even_frames
from convener.planning.pods.solve import divide
from convener.planning.search import Found

DAY = date(2026, 12, 1)
MANY = SMALL + 12
STEPS = 400_000


@pytest.fixture
def many(make: Any) -> PodQuestion:
    """Give more people than CP-SAT is asked about at once, of two regions, with coaches enough."""
    people = {
        f"p{at:02}": {"region": "ns"[at % 2], "team": "vwxyz"[at % 5], "site": "abc"[at % 3]} for at in range(MANY)
    }
    rules = make.ruleset(
        make.rule("region", "same", by=("region",)),
        make.rule("size", "pod-size", min=5, target=6, max=7),
        make.rule("rivals", "apart", pairs=(("p00@acme.example", "p02@acme.example"),)),
        make.rule("mix", "mix", by=("team", "site"), flexible=True, weight=2),
        make.rule("load", "coach-load", max_pods=6),
    )
    return pose(rules, make.register(people, coaches=[Coach(id=f"c{at}@x", max_pods=4) for at in range(4)]), DAY)


def seated(found: Division) -> list[Seated]:
    """Return the pods of *found* as they are counted."""
    pods = zip(found.members, found.coaches, strict=True)
    return [Seated(str(at), members, coach) for at, (members, coach) in enumerate(pods)]


def test_many_people_reach_what_counting_proves(many: PodQuestion) -> None:
    """R7: a division at its bound is the best there is; every rule holds and every pod has a coach with room."""
    found = divide(many, Effort(steps=STEPS))

    assert isinstance(found, Division)
    assert found.bound == score(many, seated(found))
    assert [] == breaches(many, seated(found))
    assert 4 >= max(found.coaches.count(carrier.id) for carrier in many.carriers)


def test_seed_and_steps_decide_and_order_does_not(many: PodQuestion) -> None:
    """R8: the same people in another order, with the same seed and steps, sit the same; steps are kept to."""
    register = many.register
    shuffled = replace(
        register,
        people=dict(reversed(list(register.people.items()))),
        coaches=dict(reversed(list(register.coaches.items()))),
        enrolments=register.enrolments[::-1],
    )
    efforts = [Effort(seed=3, steps=STEPS // 10) for _ in range(2)]

    one, other = (
        divide(pose(many.ruleset, known, DAY), e) for known, e in zip((register, shuffled), efforts, strict=True)
    )

    assert one == other
    assert efforts[0].spent == efforts[1].spent


def test_whoever_watches_may_end_it(many: PodQuestion) -> None:
    """R8: what was found so far is kept, and the bound told is that of the whole."""
    heard: list[Progress] = []

    def watch(progress: Progress) -> bool:
        heard.append(progress)
        return progress.best is not None

    effort = Effort(watch=watch)
    found = fill(many, even_frames(many) or [], effort)

    assert isinstance(found, Division)
    assert effort.stopped
    assert {found.bound} == {progress.bound for progress in heard}


def test_an_impossible_group_is_proved(make: Any) -> None:
    """R7: more rivals than pods is no lack of luck, however many others there are; the conflict names the rule."""
    people = make.register({f"p{at:02}": {} for at in range(MANY)})
    few = range(MANY // 5 + 1)
    pairs = tuple((f"p{a:02}@acme.example", f"p{b:02}@acme.example") for a in few for b in few if a < b)
    rules = make.ruleset(
        make.rule("size", "pod-size", min=5, target=6, max=7), make.rule("rivals", "apart", pairs=pairs)
    )

    assert Found.NONE is divide(pose(rules, people, DAY), Effort(steps=STEPS * 100))


def test_many_pods_are_mended(make: Any) -> None:
    """R8: the local search mends more people than CP-SAT is asked about: sizes hold again with few moves."""
    names = [f"p{at:03}" for at in range(216)]
    people = make.register({name: {"team": "abcdef"[at % 6]} for at, name in enumerate(names)})
    pods = {f"pod-{at:02}": names[6 * at : 6 * at + 6] for at in range(36)}
    pods["pod-00"], pods["pod-01"] = [*pods["pod-00"][:3], *[]], [*pods["pod-01"], *pods["pod-00"][3:]]
    rules = make.ruleset(
        make.rule("size", "pod-size", min=5, target=6, max=8), make.rule("mix", "mix", by=("team",), flexible=True)
    )

    found = propose_pods(rules, make.pods(people, pods), day=DAY, reform=True, effort=Effort(steps=STEPS))

    assert not isinstance(found, Conflict)
    assert isinstance(found, PodProposal)
    assert ("size",) == found.trades[0].breaches
    assert 2 == found.trades[1].moves
    assert set(pods) == {pod.name for pod in found.pods}
