"""Values from people stay data."""

import pytest

from convener.rendering.texts import (
    SUBJECT_LENGTH,
    TEXT_MESSAGE_LENGTH,
    clean,
    escape_markdown,
    shorten,
    slug,
    subject_line,
    text_message,
)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Eve\r\nBcc: all@example", "Eve Bcc: all@example"),
        ("a\u2028b\u2029c\x85d", "a b c d"),
        ("  two   words\t", "two words"),
        ("safe\u202egpj.exe", "safegpj.exe"),
        ("\u2066left\u2069", "left"),
        ("nul\x00byte", "nul byte"),
        ("O'Neil & Søn", "O'Neil & Søn"),
        ("🧑\u200d🔬", "🧑\u200d🔬"),
    ],
)
def test_a_value_stays_on_its_line(value: str, expected: str) -> None:
    """Line breaks, control characters and direction overrides go; what can be seen stays (faults 28 and 31)."""
    assert expected == clean(value)


def test_a_subject_is_one_short_line() -> None:
    """A subject holds no line break, no bidirectional mark and at most its length (faults 28 and 31)."""
    subject = subject_line("Hello\r\nX-Evil: 1 \u200f\u202e" + "long " * 60)

    assert "Hello X-Evil: 1 long" == subject[:20]
    assert len(subject) <= SUBJECT_LENGTH
    assert subject.endswith("…")


def test_a_short_text_is_left_alone() -> None:
    """Nothing is cut that fits."""
    assert "fits" == shorten("fits", 4)


def test_one_long_word_is_cut_inside() -> None:
    """A name of 200 letters without a space is cut all the same (fault 28)."""
    assert "aaaa…" == shorten("a" * 200, 5)


def test_a_text_message_is_plain_and_bounded() -> None:
    """Typographic signs, which would double the price of a text message, become plain ones."""
    assert "09:00-17:00, it's on" == text_message("09:00\N{EN DASH}17:00,\u00a0it\u2019s on\n\n")
    assert len(text_message("word " * 300)) <= TEXT_MESSAGE_LENGTH + 2


def test_every_ascii_sign_is_escaped() -> None:
    """Markdown has no sign left to act on."""
    assert r"\[x\]\(http\:\/\/evil\) \*b\* \<i\> 1\." == escape_markdown("[x](http://evil) *b* <i> 1.")


@pytest.mark.parametrize(
    ("value", "expected"),
    [("Working across practices", "working-across-practices"), ("../../etc/passwd", "etc-passwd"), ("Café!", "cafe")],
)
def test_a_slug_cannot_leave_its_folder(value: str, expected: str) -> None:
    """A topic becomes part of a file name, whatever it holds."""
    assert expected == slug(value)
