"""Proposals that wait for a person."""

import pytest

from convener.errors import UsageError
from convener.model import Conflict, PodProposal, ProposedPod, Relaxation, Seat
from convener.operations import proposals

SCOPE = "northern-health/primary-care"
POD = ProposedPod(id="primary-care/tees", name="Tees", coach=None, seats=(Seat(person="00101", why=("region",)),))
PROPOSAL = PodProposal(programme="primary-care", seed=7, score=3, bound=3, pods=(POD,), rules=())


def test_the_last_one_comes_back_as_it_was(draft) -> None:
    """A proposal is kept whole, and a later one takes its place (R8)."""
    now = draft.clock.now()
    later = PodProposal(programme="primary-care", seed=8, score=2, bound=2, pods=(POD,), rules=())
    with draft.workspace.store.begin() as tx:
        proposals.keep(tx, SCOPE, "pods", PROPOSAL, at=now)
        first = proposals.last(tx, SCOPE, "pods", PodProposal)
        proposals.keep(tx, SCOPE, "pods", later, at=now)
        second = proposals.last(tx, SCOPE, "pods", PodProposal)

    assert (PROPOSAL, later) == (first, second)


def test_without_one_the_command_that_makes_one_is_named(draft) -> None:
    """Pods that were proposed are no proposal of dates."""
    with draft.workspace.store.begin() as tx:
        proposals.keep(tx, SCOPE, "pods", PROPOSAL, at=draft.clock.now())
        with pytest.raises(UsageError) as caught:
            proposals.last(tx, SCOPE, "dates", PodProposal)

    assert f"run: convener dates propose {SCOPE}" == caught.value.hint


def test_a_conflict_names_its_rules_and_the_cheapest_way_out(draft) -> None:
    """What cannot be is explained where the first of the rules gets its terms."""
    ways = (Relaxation(words="allow 6 in pod-size", cost=1), Relaxation(words="leave one-region out", cost=4))
    conflict = Conflict(rules=("one-region", "pod-size"), relaxations=ways)
    ruleset = draft.workspace.rules.ruleset(SCOPE)

    (problem,) = proposals.impossible(conflict, ruleset).problems

    assert "these rules cannot all hold: one-region, pod-size" == problem.message
    assert "allow 6 in pod-size; or leave one-region out" == problem.hint
    assert ruleset.rules["one-region"].places["by"] == problem.place


def test_a_conflict_points_at_the_present_terms(draft) -> None:
    """A rule that a pack wrote and the client changed is shown where the client did; so it is beside one untouched."""
    ruleset = draft.workspace.rules.ruleset(SCOPE)
    size = ruleset.rules["pod-size"]

    places = [
        proposals.impossible(Conflict(rules=names), ruleset).problems[0].place
        for names in (("pod-size",), ("coach-load", "pod-size"), ("coach-load",))
    ]

    assert size.place.file != size.places["min"].file
    assert [size.places["min"]] * 2 == places[:2]
    assert ruleset.rules["coach-load"].places["max_pods"] == places[2]


def test_only_the_cheapest_of_many_ways_are_named(draft) -> None:
    """A long list of ways out ends with how many more there are; without a rule the programme's file is the place."""
    conflict = Conflict(rules=(), relaxations=tuple(Relaxation(words=f"way {at}", cost=at) for at in range(7)))
    ruleset = draft.workspace.rules.ruleset(SCOPE)

    (problem,) = proposals.impossible(conflict, ruleset).problems

    assert "way 0; or way 1; or way 2; or way 3; or way 4; or 2 other ways" == problem.hint
    assert ruleset.files[-1] == problem.place.file


def test_what_is_odd_about_the_answers_follows(draft) -> None:
    """It may be why nothing fits: each with its line, of very many the first (R11)."""
    ruleset = draft.workspace.rules.ruleset(SCOPE)
    notices = ["data/a.csv:5: 'oui' is no answer", *("data/a.csv: column 'x' is left out" for _ in range(6))]

    first, second, *others = proposals.impossible(Conflict(rules=()), ruleset, notices).problems[1:]

    assert ("'oui' is no answer", "data/a.csv:5:1", "warning") == (first.message, str(first.place), first.severity)
    assert ("column 'x' is left out", "data/a.csv:1:1") == (second.message, str(second.place))
    assert "and 2 more remarks on the answers" == others[-1].message
