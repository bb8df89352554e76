"""Small words around values."""

import pytest

from convener.rendering.context import FigureView
from convener.rendering.wording import capital, figure_text, listing, plural, pod_label, pod_name


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("set", "sets"),
        ("set adviser", "set advisers"),
        ("study day", "study days"),
        ("diary", "diaries"),
        ("coach", "coaches"),
    ],
)
def test_many_of_one(one: str, many: str) -> None:
    """The client's word is given once and bends by itself."""
    assert many == plural(one)


@pytest.mark.parametrize(
    ("name", "title", "label"),
    [
        ("tyneside", "Tyneside", "the Tyneside set"),
        ("yorks-and-humber", "Yorks and Humber", "the Yorks and Humber set"),
        ("pod-03", "Set 3", "set 3"),
        ("NE Coast", "NE Coast", "the NE Coast set"),
    ],
)
def test_a_pod_has_a_name_people_would_say(name: str, title: str, label: str) -> None:
    """An id becomes a title for a subject and a phrase for a sentence, in the client's word."""
    assert (title, label) == (pod_name(name, "set"), pod_label(name, "set"))


def test_a_list_reads_in_its_language() -> None:
    """Names are joined as the reader would join them."""
    assert "Ana, Ben and Chris" == listing(["Ana", "Ben", "Chris"], "en-GB")
    assert "Ana und Ben" == listing(["Ana", "Ben"], "de-DE")
    assert listing([], "en-GB") == ""


def test_a_sentence_starts_with_a_capital_and_keeps_the_rest() -> None:
    """Only the first letter changes."""
    assert "Set adviser NE" == capital("set adviser NE")


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        ({"label": "a", "value": 0.9, "numerator": 36.0, "denominator": 40.0}, "90% (36 of 40)"),
        ({"label": "a", "value": 0.0, "numerator": 0.0, "denominator": 0.0}, "0% (0 of 0)"),
        ({"label": "a", "value": 3.75, "numerator": None, "denominator": None}, "3.75"),
        ({"label": "a", "value": None, "numerator": None, "denominator": None}, "not shown, too few people"),
    ],
)
def test_a_figure_says_what_it_was_counted_from(figure: FigureView, expected: str) -> None:
    """A share names numerator and denominator; a withheld figure gives nothing away (R19, R18)."""
    assert expected == figure_text(figure, "en-GB")
