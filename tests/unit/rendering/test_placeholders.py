"""Placeholders in texts that clients write."""

import pytest

from convener.errors import DataError
from convener.rendering.placeholders import check_placeholders, fill

VALUES: dict[str, object] = {"participant": {"first_name": "Chiara"}, "session": {"number": 2}, "manager": None}


def test_a_placeholder_gives_way_to_its_value() -> None:
    """Other braces are left as they are."""
    text = "What have you seen {participant.first_name} do after session {session.number}? {} {1}"

    assert "What have you seen Chiara do after session 2? {} {1}" == fill(text, VALUES)


def test_a_value_is_not_filled_again() -> None:
    """A name that looks like a placeholder stays a name."""
    assert "{word.pod}" == fill("{participant.first_name}", {"participant": {"first_name": "{word.pod}"}})


@pytest.mark.parametrize(
    "text",
    [
        "{participant.__class__}",
        "{participant.first_name.__init__.__globals__}",
        "{config}",
        "{sender.email}",
        "{recipient.email}",
    ],
)
def test_what_is_not_on_the_list_is_refused(text: str) -> None:
    """A client's text reaches nothing but the allowed placeholders (fault 24)."""
    with pytest.raises(DataError, match="is unknown"):
        fill(text, VALUES)


@pytest.mark.parametrize("text", ["{{7*7}}", "{% for x in y %}", "${7*7}", "{participant['name']}", "{0.__class__}"])
def test_other_template_languages_are_inert(text: str) -> None:
    """What other languages would run is printed as it stands (fault 24)."""
    assert text == fill(text, VALUES)


def test_a_typo_gets_the_nearest_name() -> None:
    """The cure stands beside the error."""
    with pytest.raises(DataError) as caught:
        fill("{participant.firstname}", VALUES)

    assert "did you mean '{participant.first_name}'?" == caught.value.hint


def test_a_value_that_does_not_apply_is_an_error() -> None:
    """Nobody reads an empty place where a name should be."""
    with pytest.raises(DataError, match=r"'\{manager.name\}' has no value here"):
        fill("{manager.name}", VALUES)


def test_what_would_be_refused_is_found_beforehand() -> None:
    """A text is read without anybody to fill it for: unknown names, and owners the message does not speak of."""
    found = list(check_placeholders("{pod.name} {pod.nam} {session.topic} {1}", {"pod"}))

    assert [11, 21] == [offset for offset, _ in found]
    assert ["placeholder '{pod.nam}' is unknown", "placeholder '{session.topic}' has no value here"] == [
        str(error) for _, error in found
    ]
    assert ["did you mean '{pod.name}'?", "this message speaks of no session"] == [error.hint for _, error in found]
