"""What is asked about when pods meet."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from convener.model import Coaching, Membership
from convener.planning.dates.posing import pose
from convener.planning.dates.question import sitting_twice

EARLIEST = datetime(2027, 1, 1, tzinfo=UTC)


def test_people_and_coaches_change_with_the_days(make: Any) -> None:
    """R10: whoever belongs to a pod, and leads it, is asked by the date of the slot."""
    known = make.pods(make.register({"ana": {}, "ben": {}}), {"one": ["ana"]}, "a@x")
    swap = date(2027, 3, 1)
    later = replace(
        known,
        memberships=(
            replace(known.memberships[0], until=swap),
            Membership(person="ben", pod="lead/one", since=swap),
        ),
        coachings=(replace(known.coachings[0], until=swap), Coaching(pod="lead/one", coach="b@x", since=swap)),
    )

    [pod] = pose(make.ruleset(), later, make.availability([], {}), EARLIEST).pods

    assert [["ana"], ["ben"]] == [pod.members(day) for day in (date(2027, 2, 28), swap)]
    assert ["a@x", "b@x"] == [pod.coach(day) for day in (date(2027, 2, 28), swap)]


def test_rules_of_a_pod_come_over_those_of_all(make: Any) -> None:
    """R10: a pod's own layer changes a rule, or switches it off."""
    own = make.rule("quorum", "quorum", members=1)
    rules = make.ruleset(
        make.rule("quorum", "quorum", members=2),
        make.rule("gap", "session-gap", min="1 day", max="9 days"),
        pod_rules={"one": {"quorum": own}},
        pod_without={"one": frozenset({"gap"})},
    )
    known = make.pods(make.register({"ana": {}, "ben": {}}), {"one": ["ana"], "two": ["ben"]})

    question = pose(rules, known, make.availability([], {}), EARLIEST)

    assert [{"quorum": own}, dict(sorted(rules.rules.items()))] == [question.rules(pod) for pod in question.pods]


def test_whoever_sits_in_two_pods_is_known(make: Any) -> None:
    """R10: people of several pods cannot be in two places."""
    known = make.pods(make.register({"ana": {}, "ben": {}}), {"one": ["ana", "ben"], "two": ["ben"]})

    assert {"ben"} == sitting_twice(pose(make.ruleset(), known, make.availability([], {}), EARLIEST).pods)
