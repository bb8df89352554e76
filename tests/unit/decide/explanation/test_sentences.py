"""Answers in one sentence."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from convener.decide.explanation import Explanation, Outcome
from convener.decide.explanation.sentences import fate_words
from convener.decide.rulings import Decision
from convener.model import DispatchState, SessionStatus

Ask = Callable[..., Explanation]
NOW = datetime(2027, 1, 15, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("decision", "detail", "expected"),
    [
        (Decision.SUPPRESSED, "quiet", "waits for quiet hours to end and goes out THEN"),
        (Decision.SUPPRESSED, "cap", "is held by a volume guard until somebody looks at it"),
        (Decision.SUPPRESSED, "draft", "does not go out"),
        (Decision.SUPPRESSED, "duplicate", "is not sent again"),
        (Decision.NOT_MATCHED, "", "does not go out"),
        (Decision.UNDECIDED, "manager", "is undecided and does not go out"),
        (Decision.BLOCKED, "quiet", "is blocked by inflexible rule quiet"),
        (Decision.MISSED, "late", "was missed: late"),
        (Decision.ERROR, "", "error"),
    ],
)
def test_each_decision_has_its_words(decision: Decision, detail: str, expected: str) -> None:
    """P16: readable first."""
    assert expected == fate_words(decision, detail, None, NOW, "THEN")


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (DispatchState.SENT, "went out"),
        (DispatchState.IN_DOUBT, "may or may not have arrived"),
        (DispatchState.FAILED, "could not be delivered"),
        (None, "goes out with the next tick"),
    ],
)
def test_what_goes_out_says_how_far_it_has_come(state: DispatchState | None, expected: str) -> None:
    """P16: decided is not delivered."""
    best = Outcome(step="s", connector="mail", key="k", decision=Decision.FIRE, due=NOW, state=state)

    assert expected == fate_words(Decision.FIRE, "", best, NOW, "")


def test_the_sentence_has_all_that_was_asked(world: Any, ask: Ask) -> None:
    """P16: what, to whom, about what, when, and why."""
    remind = world.automation("1 day before session.starts, at 09:00", when=["session.number > 1"])

    assert (
        "remind to Ann Hall about lead/north/1, due Mon 18 Jan 2027 09:00 GMT, does not go out: it would have, but "
        "for `session.number > 1`, which is false: session.number needs > 1, was 1 (the register of lead/north)"
    ) == ask(remind, "ann", "2027-01-18T09:00").sentence
    assert ask(remind, "ann", "2027-03-01T08:00").sentence.endswith("due Mon 1 Mar 2027 09:00 GMT, goes out")


def test_what_never_falls_due_says_so(world: Any, ask: Ask) -> None:
    """P16: an event that has not happened has no time."""
    told = ask(world.automation("session.moved"), "ann", "2027-01-15T09:00")

    assert ("not_matched", "remind never falls due for Ann Hall as the register stands") == (told.said, told.sentence)


def test_a_distant_answer_says_that_nothing_is_nearer(world: Any, ask: Ask) -> None:
    """P3: a session that is off has no reminder, and the answer about another one says why."""
    register = world.register()
    off = world.session(2, datetime(2027, 3, 2, 9, tzinfo=UTC), status=SessionStatus.CANCELLED)
    told = ask(world.automation("session.starts"), "ann", "2027-03-02T09:00", register.with_session(off))

    assert "lead/north/1" == told.subject
    assert (
        "nothing of it falls due for them nearer to Tue 2 Mar 2027 09:00 GMT",
        "session lead/north/2 is cancelled, and nothing follows from its dates",
    ) == told.notes
