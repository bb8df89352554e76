"""From the question to a proposal of pods."""

from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import pytest

from convener.errors import ConvenerError, DataError
from convener.model import Conflict, ParticipantStatus, PodProposal
from convener.planning.effort import Effort, Progress
from convener.planning.pods.run import pose, propose

DAY = date(2026, 12, 1)


def test_a_search_that_found_nothing_says_so(make: Any) -> None:
    """Bad input: ended before it saw that pairs do not fill pods of three, it is a clear answer, not a wrong plan."""
    names = [f"p{at:02}@acme.example" for at in range(24)]
    people = make.register({name[:3]: {} for name in names})
    rules = make.ruleset(
        make.rule("size", "pod-size", min=3, target=3, max=3),
        make.rule("friends", "together", pairs=tuple(zip(names[::2], names[1::2], strict=True))),
    )

    with pytest.raises(ConvenerError, match="no pods found in 0 steps") as raised:
        propose(lambda asked: pose(asked, people, DAY), rules, effort=Effort(stopped=True))

    assert "more steps" in raised.value.hint


def test_who_watches_hears_of_the_whole(make: Any) -> None:
    """R8: best and bound that are reported are those of all pods, and the last best is the answer's score."""
    people = make.register({f"p{at:02}": {"team": "xyz"[at % 3], "site": "ab"[at % 2]} for at in range(24)})
    rules = make.ruleset(
        make.rule("site", "same", by=("site",)),
        make.rule("size", "pod-size", min=4, target=4, max=4),
        make.rule("mix", "mix", by=("team",), flexible=True),
    )
    heard: list[Progress] = []

    def watch(progress: Progress) -> bool:
        heard.append(progress)
        return False

    found = propose(lambda asked: pose(asked, people, DAY), rules, effort=Effort(watch=watch))

    assert isinstance(found, PodProposal)
    assert all(each.bound == found.bound == found.score for each in heard)


def test_nobody_to_seat_is_said(make: Any) -> None:
    """Bad input: an empty programme, and one that everyone has left, are faults of the data."""
    nobody = make.register({})
    gone = make.register({"ana": {}, "ben": {}})
    left = tuple(replace(row, status=ParticipantStatus.WITHDRAWN) for row in gone.enrolments)
    said: list[str] = []
    for register in (nobody, replace(gone, enrolments=left)):
        with pytest.raises(DataError, match="nobody to seat in acme/lead on 1 December 2026") as raised:
            propose(partial(pose, register=register, day=DAY), make.ruleset(), effort=Effort())
        said.append(str(raised.value).rpartition(": ")[2])

    assert ["nobody is enrolled", "everyone enrolled has withdrawn or is away"] == said


def test_a_quick_proof_spares_the_search(make: Any) -> None:
    """R7: what counting shows to be impossible is told without any step of a search."""
    register = make.register({f"p{at:02}": {} for at in range(41)})
    effort = Effort()

    found = propose(
        partial(pose, register=register, day=DAY), make.ruleset(make.rule("size", "pod-size", min=6, target=6, max=6)),
        effort=effort,
    )  # fmt: skip

    assert isinstance(found, Conflict)
    assert 0 == effort.spent
