"""Proposing dates."""

from pathlib import Path

import pytest

from convener.errors import UsageError
from convener.operations import dates, pods
from convener.operations.dates import Source
from convener.operations.sync import sync
from convener.planning.effort import Effort

SCOPE = "northern-health/primary-care"


def test_without_pods_there_are_no_dates(draft) -> None:
    """The message names the commands that come first."""
    sync(draft.workspace, "northern-health")
    with pytest.raises(UsageError) as caught:
        dates.propose(draft.workspace, SCOPE)

    assert "convener pods propose" in caught.value.hint


def test_a_file_of_answers_can_be_named(draft, tmp_path: Path) -> None:
    """`--answers` reads a file instead of asking the polls connector (R10)."""
    sync(draft.workspace, "northern-health")
    pods.propose(draft.workspace, SCOPE)
    pods.accept(draft.workspace, SCOPE)
    copy = tmp_path / "answers.csv"
    copy.write_bytes((draft.workspace.folder / "data" / "northern-health-availability.csv").read_bytes())
    found, _ = dates.propose(draft.workspace, SCOPE, Source(answers=copy))

    assert 45 == len(found.sessions)
    assert all(session.why for session in found.sessions)


def test_a_pattern_needs_no_answers(live) -> None:
    """Whatever people answered, everybody is taken to come on the days of the pattern (R10)."""
    asked = dates.proposing.ask(live.workspace, SCOPE, Source(pattern="third tuesday of the month"))

    assert {"yes"} <= {str(answer) for given in asked.availability.answers.values() for answer in given}
    assert () == asked.notices


def test_a_pattern_that_cannot_be_read_is_refused(live) -> None:
    """The word that is none of it is named, with an example (R10)."""
    with pytest.raises(UsageError, match="'someday' is no part of a pattern"):
        dates.propose(live.workspace, SCOPE, Source(pattern="someday, 14:00"))


class Killed(Effort):
    """The effort of a search that does not come to its end."""

    def left(self, usual: int) -> int:
        """End everything at once."""
        raise KeyboardInterrupt


def test_a_search_that_is_killed_leaves_the_last_proposal(live) -> None:
    """Nothing is kept before the search has ended (R8)."""
    before = dates.previous(live.workspace, SCOPE)
    with pytest.raises(KeyboardInterrupt):
        dates.propose(live.workspace, SCOPE, replan=True, effort=Killed(seed=9))

    assert before == dates.previous(live.workspace, SCOPE)


def test_confirmed_dates_stay_unless_they_are_asked_to_move(live) -> None:
    """Proposed again, every confirmed session keeps its date (R12)."""
    confirmed = {session.id: session.starts for session in live.register.sessions.values()}
    again, _ = dates.propose(live.workspace, SCOPE)

    assert confirmed == {f"{each.pod}/{each.number}": each.starts for each in again.sessions}
    assert () == again.moved


def test_a_file_and_a_pattern_together_are_refused(live) -> None:
    """Neither is ignored in silence (R10)."""
    with pytest.raises(UsageError, match="not both"):
        dates.propose(live.workspace, SCOPE, Source(answers=Path("a.csv"), pattern="tuesday 10:00"))


def _answers(folder: Path, *changes: tuple[str, str]) -> Path:
    """Return a file of the example's answers, where everything that a person said is that one word."""
    lines = (folder / "data" / "northern-health-availability.csv").read_text(encoding="utf-8").splitlines()
    words = dict(changes)
    copy = folder / "data" / "changed.csv"
    rows = ((line.partition(",")[0], line.count(","), line) for line in lines)
    copy.write_text("\n".join(f"{who}{f',{words[who]}' * n}" if who in words else line for who, n, line in rows))
    return copy


def test_who_says_no_to_everything_is_told(live) -> None:
    """One who never comes is no reason to plan nothing, and is named; empty cells are no answer (R10, R11)."""
    folder = live.workspace.folder
    source = Source(answers=_answers(folder, ("uma.doyle@northern.example", "no"), ("rosa.brown@northern.example", "")))
    asked = dates.proposing.ask(live.workspace, SCOPE, source)

    assert any("rosa.brown@northern.example says nothing" in notice for notice in asked.notices)
    assert f"{asked.availability.source}: Uma Doyle can come to none of these dates" == asked.notices[-1]
    assert "rosa.brown@northern.example" not in {asked.register.people[who].email for who in asked.availability.answers}


def test_a_confirmed_date_without_its_coach_is_told(live) -> None:
    """A plain proposal keeps the date and says what is wrong with it (R11, R12)."""
    session = next(each for each in live.register.sessions.values() if each.starts and each.number == 4)
    coach = live.register.coach_of(session.pod, session.starts.date())
    path = live.workspace.folder / "data" / "coaches.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    away = f"{session.starts:%Y-%m-%d}..{session.starts:%Y-%m-%d}"
    path.write_text(
        "\n".join(f"{line.rpartition(',')[0]},{away}" if line.startswith(coach) else line for line in lines)
    )
    sync(live.workspace, "northern-health")
    found, _ = dates.propose(live.workspace, SCOPE)

    assert any(f"{session.id} keeps its date" in notice and "--replan" in notice for notice in found.notices)


def test_a_date_that_stays_still_tells_who_cannot_come(live) -> None:
    """Confirmed dates keep the answers they were planned from (R10)."""
    before, _ = dates.show(live.workspace, SCOPE)
    again, _ = dates.propose(live.workspace, SCOPE)

    assert any(session.absent for session in before.sessions)
    assert [(each.starts, each.absent) for each in before.sessions] == [
        (each.starts, each.absent) for each in again.sessions
    ]
