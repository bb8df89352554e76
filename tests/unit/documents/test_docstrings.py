"""What a class says of its attributes."""

from convener.documents.docstrings import attribute_docs


class Chair:
    """A thing to sit on."""

    legs: int
    """How many
    legs it has."""
    colour = "red"
    """What it looks like."""
    silent: bool


def test_the_string_below_an_attribute_is_its_meaning() -> None:
    """On one line and without a final stop; an attribute without one is left out."""
    assert {"legs": "How many legs it has", "colour": "What it looks like"} == attribute_docs(Chair)
