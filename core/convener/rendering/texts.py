"""Make values from people safe to stand in a line, a subject, a Markdown text or a text message.

A name is data: whatever it holds, it must not start a new line, turn the reading direction of what follows, or be
read as markup. Nothing visible is taken away.
"""

import re
import unicodedata
from string import punctuation

SUBJECT_LENGTH = 120
"""Characters of a subject, at most."""

TEXT_MESSAGE_LENGTH = 459
"""Characters of a text message, at most: three parts of 153 (3GPP TS 23.040, 7-bit alphabet)."""

_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_BIDI_STATEFUL = re.compile("[\u202a-\u202e\u2066-\u2069]")
_SPACE = re.compile(r"[^\S\u00a0\u202f]+")
_ESCAPED = str.maketrans({sign: f"\\{sign}" for sign in punctuation})
"""Every ASCII punctuation mark, with a backslash before it."""
_SIMPLE = str.maketrans(
    {
        "\u2013": "-",
        "\u2014": "-",
        "\u2018": "'",
        "\u2019": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u2026": "...",
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
    }
)


def clean(value: str) -> str:
    """Return *value* on one line, without control characters and without marks that turn the text around it."""
    if value.isprintable() and "  " not in value:
        return value.strip()  # nothing to take out, as nearly always
    spaced = "".join(" " if unicodedata.category(sign) in {"Cc", "Zl", "Zp"} else sign for sign in value)
    return _SPACE.sub(" ", _BIDI_STATEFUL.sub("", spaced)).strip()


def shorten(value: str, length: int) -> str:
    """Return *value* in at most *length* characters, cut at a word where one ends near, with an ellipsis."""
    if len(value) <= length:
        return value
    cut = value[: length - 1]
    word = cut.rpartition(" ")[0]
    return (word if len(word) > length * 2 // 3 else cut).rstrip(" ,;:-") + "…"


def subject_line(value: str) -> str:
    """Return *value* as the subject of a mail: one line, no bidirectional marks, at most `SUBJECT_LENGTH` long."""
    return shorten(clean(_BIDI.sub("", value)), SUBJECT_LENGTH)


def text_message(value: str) -> str:
    """Return *value* as a text message: typographic signs that double its price made plain, and not too long."""
    lines = [clean(line.translate(_SIMPLE)) for line in value.splitlines()]
    return shorten("\n".join(line for line in lines if line), TEXT_MESSAGE_LENGTH).translate(_SIMPLE)


def escape_markdown(value: str) -> str:
    """Return *value* so that Markdown shows it letter by letter.

    CommonMark 0.31 §2.4: a backslash before any ASCII punctuation makes it literal.
    """
    return value.translate(_ESCAPED)


def slug(value: str) -> str:
    """Return *value* as part of a file name: ASCII letters and digits joined by hyphens, perhaps empty."""
    plain = unicodedata.normalize("NFKD", value).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
