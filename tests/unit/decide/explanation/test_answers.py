"""The values an explanation is made of."""

from datetime import date
from typing import Any

from convener.decide.explanation import Explanation, Impact, Outcome, Stretch, SubjectShown
from convener.decide.rulings import Decision

DECEMBER = date(2026, 12, 1)


def test_a_decision_is_read_with_what_it_names(world: Any) -> None:
    """P16: from a closed set, `suppressed(quiet)`."""
    made = Explanation(
        decision=Decision.SUPPRESSED, detail="quiet", sentence="", automation="remind", person="ann", place=world.place
    )
    outcome = Outcome(step="send.reminder.email", connector="mail", key="", decision=Decision.FIRE)
    subject = SubjectShown(subject="ann", decision=Decision.WAIVED, detail="W-1", text="")

    assert ["suppressed(quiet)", "fire", "waived(W-1)"] == [each.said for each in (made, outcome, subject)]


def test_an_impact_is_counted() -> None:
    """R27: subjects once, alterations once, days as they are."""
    first = Stretch(subject="a", since=DECEMBER, until=date(2026, 12, 3), text="x", refused=("moved: Ann",))
    second = Stretch(subject="a", since=date(2027, 1, 1), until=date(2027, 1, 1), text="x", refused=("moved: Ann",))
    made = Impact(rule="floor", since=DECEMBER, until=date(2027, 1, 2), stretches=(first, second))

    assert (1, 1, [3, 1]) == (made.subjects, made.refused, [each.days for each in made.stretches])
