"""Values of planning."""

from convener.model import Answer, Conflict


def test_answers_are_the_words_of_the_poll() -> None:
    """The three answers read as people give them (R10)."""
    assert ["yes", "if needed", "no"] == [answer.value for answer in Answer]


def test_a_conflict_offers_nothing_unless_something_was_found() -> None:
    """Relaxations are only those that were solved for (R11)."""
    assert () == Conflict(rules=("quorum",)).relaxations
