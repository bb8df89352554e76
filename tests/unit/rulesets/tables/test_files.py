"""The files of packs and clients."""

from convener.rulesets.tables import SubjectTable


def test_a_subject_is_shown_as_written() -> None:
    """A waiver's subject is one word and one name."""
    assert {"pod": "pilot/north"} == SubjectTable(pod="pilot/north").written()
