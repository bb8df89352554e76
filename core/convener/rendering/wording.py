"""Small words around values: many of one, lists, the name of a pod, a figure."""

import re
from collections.abc import Sequence

from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from convener.rendering.context import FigureView
from convener.rendering.moments import locale_of

_VOWEL_Y = re.compile(r"[aeiou]y$")
_HISSING = re.compile(r"(s|x|z|ch|sh)$")
_NUMBERED = re.compile(r"(?:pod|group)-0*(\d+)")
_SMALL = frozenset({"and", "of", "the", "in", "on", "for", "to", "at"})


def plural(word: str) -> str:
    """Return the English plural of *word*, of its last word when it has several: `set advisers`."""
    if word.endswith("y") and not _VOWEL_Y.search(word):
        return word[:-1] + "ies"
    return word + ("es" if _HISSING.search(word) else "s")


def capital(text: str) -> str:
    """Return *text* as the beginning of a sentence, the rest as it is."""
    return text[:1].upper() + text[1:]


def pod_name(name: str, word: str) -> str:
    """Return a pod's name as a title: `tyneside` → `Tyneside`, `pod-03` → `Set 3`, what has capitals stays."""
    numbered = _NUMBERED.fullmatch(name)
    if numbered:
        return f"{capital(word)} {numbered[1]}"
    if name != name.lower():
        return name
    words = re.split(r"[-\s]+", name)
    return " ".join(part if part in _SMALL and at else capital(part) for at, part in enumerate(words))


def pod_label(name: str, word: str) -> str:
    """Return a pod's name inside a sentence: `tyneside` → `the Tyneside set`, `pod-03` → `set 3`."""
    numbered = _NUMBERED.fullmatch(name)
    return f"{word} {numbered[1]}" if numbered else f"the {pod_name(name, word)} {word}"


def listing(items: Sequence[str], locale: str) -> str:
    """Return *items* as one phrase in the manner of *locale*: `Ana, Ben and Chris`."""
    return format_list(list(items), locale=locale_of(locale)) if items else ""


def figure_text(figure: FigureView, locale: str) -> str:
    """Return a figure with what it was counted from: `83% (25 of 30)`; a withheld one says so."""
    value, part, whole = figure["value"], figure["numerator"], figure["denominator"]
    if value is None:
        return "not shown, too few people"
    if part is None or whole is None:
        return str(format_decimal(value, format="#,##0.##", locale=locale_of(locale)))
    language = locale_of(locale)
    share = format_percent(part / whole if whole else value, format="#,##0%", locale=language)
    return f"{share} ({format_decimal(part, locale=language)} of {format_decimal(whole, locale=language)})"
