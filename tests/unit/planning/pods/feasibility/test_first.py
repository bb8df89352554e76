"""Where a search may start."""

from typing import Any

from convener.model import Coach
from convener.planning.effort import Effort
from convener.planning.pods.feasibility.first import counts_needed, first_division
from convener.planning.pods.sizes import even_counts, even_frames


def test_counts_rise_to_what_rivals_and_rare_values_need(ask: Any, rule: Any) -> None:
    """R7: five of one team in the north need five pods, where two suit the target; the south keeps its two."""
    rules = [
        rule("region", "same", by=("region",)),
        rule("size", "pod-size", min=1, target=4, max=6),
        rule("teams", "mix", by=("team",)),
    ]
    people = {
        f"p{at:02}": {"region": "ns"[at % 2], "team": "red" if at % 2 == 0 and at < 10 else str(at)} for at in range(16)
    }
    ruleset, poses = ask(rules, people)
    question = poses(ruleset)

    assert [2, 2] == even_counts(question)
    assert [5, 2] == counts_needed(question, [2, 2])
    assert [6, 3] == counts_needed(question, [6, 3])


def test_counts_stay_within_what_coaches_carry(ask: Any, rule: Any) -> None:
    """R9: three of one team need three pods, but the coach can take two."""
    rules = [rule("teams", "mix", by=("team",)), rule("load", "coach-load", max_pods=2)]
    people = {f"p{at}": {"team": "red" if at < 3 else str(at)} for at in range(6)}
    ruleset, poses = ask(rules, people, coaches=[Coach(id="ann@x")])

    assert [2] == counts_needed(poses(ruleset), [1])


def test_a_first_division_comes_with_its_frames(ask: Any, rule: Any) -> None:
    """R6: seven people in two regions: groups in their order, larger pods first, each with a coach."""
    rules = [
        rule("region", "same", by=("region",)),
        rule("size", "pod-size", min=2, target=2, max=3),
        rule("load", "coach-load", max_pods=5),
    ]
    people = {f"p{at}": {"region": "n" if at < 2 else "s"} for at in range(7)}
    ruleset, poses = ask(rules, people, coaches=[Coach(id="ann@x")])
    question = poses(ruleset)
    found = first_division(question, Effort())

    assert found is not None
    frames, division = found
    assert even_frames(question) == frames
    assert [2, 3, 2] == [len(members) for members in division.members]
    assert ("ann@x",) * 3 == division.coaches
    assert all(set(members) <= set(frame.people) for frame, members in zip(frames, division.members, strict=True))
