"""The sponsor's page."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest

from convener.bundled import bundled
from convener.model import Pod, Register
from convener.rendering import Renderer
from convener.reporting import client_report, report_context
from convener.rulesets.ruleset import Ruleset

Without = Callable[[str], Ruleset]
VOID = {"meta", "br", "rect", "line", "path", "circle"}


class _Outline(HTMLParser):
    """Notes whether tags close in order, and which attributes fetch something."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.fetched: list[str] = []
        self.met: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.met.add(tag)
        self.fetched += [f"{tag} {name}" for name, _ in attrs if name in {"src", "href", "srcset", "data"}]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert tag == self.open.pop()


def _luminance(colour: str) -> float:
    """Return the relative luminance of `#rrggbb` as WCAG 2 defines it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, two: str) -> float:
    low, high = sorted((_luminance(one), _luminance(two)))
    return (high + 0.05) / (low + 0.05)


def _page(ruleset: Ruleset, register: Register, as_of: date) -> str:
    context = report_context(client_report(ruleset, register, as_of=as_of))
    return Renderer([bundled("templates")]).page("client", context, zone=ruleset.zone, locale=ruleset.locale)


def test_the_page_is_one_file_that_fetches_and_runs_nothing(ruleset: Ruleset, register: Register, as_of: date) -> None:
    """R19: well-formed, no scripts, no assets, no style from elsewhere."""
    page = _page(ruleset, register, as_of)
    outline = _Outline()
    outline.feed(page)

    assert ([], []) == (outline.open, outline.fetched)
    assert not {"script", "link", "img", "iframe"} & outline.met
    assert not re.search(r"url\(|@import|https?:|javascript:| on\w+=", page)


def test_headline_figures_stand_with_what_they_were_counted_from(
    ruleset: Ruleset, register: Register, as_of: date
) -> None:
    """R19: value, numerator, denominator and as-of are on the page."""
    page = _page(ruleset, register, as_of)

    assert "<b>90%</b><span>108 of 120 places</span>" in page
    assert '<time datetime="2027-05-03">Monday 3 May 2027</time>' in page


def test_the_page_speaks_the_clients_words(ruleset: Ruleset, register: Register, as_of: date) -> None:
    """Northern Health has sets and set advisers."""
    page = _page(ruleset, register, as_of)

    assert "Attendance by set" in page
    assert "What the set adviser saw" in page
    assert '<html lang="en-GB">' in page


def test_names_are_text_and_never_markup(ruleset: Ruleset, register: Register, as_of: date) -> None:
    """A roster is filled in by others."""
    first = next(iter(register.people))
    hostile = replace(register.people[first], name="<script>alert(1)</script>")
    page = _page(ruleset, replace(register, people={**register.people, first: hostile}), as_of)

    assert "<script" not in page


@pytest.mark.parametrize("scheme", [0, 1])
def test_text_stands_out_in_light_and_dark(ruleset: Ruleset, register: Register, as_of: date, scheme: int) -> None:
    """Every text colour has a contrast of 4.5 at least on what it stands on."""
    palettes = re.findall(r":root \{([^}]*)\}", _page(ruleset, register, as_of))
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", palettes[scheme]))
    pairs = [(text, ground) for text in ("ink", "soft", "accent", "floor") for ground in ("paper", "card")]
    marks = [("present-ink", f"present-{tint}") for tint in range(3)] + [("absent-ink", f"absent-{n}") for n in (0, 1)]

    assert [] == [pair for pair in (*pairs, *marks) if _contrast(*(colours[name] for name in pair)) < 4.5]


def test_canaries_do_not_reach_the_page(ruleset: Ruleset, register: Register, as_of: date) -> None:
    """R20, N8: no note, address, number or id is on the page."""
    noted = {key: replace(row, note="canary-note", source="canary-note") for key, row in register.attendance.items()}
    page = _page(ruleset, replace(register, attendance=noted), as_of)
    secrets = [text for person in register.people.values() for text in (person.email, person.mobile, person.id)]

    assert [] == [secret for secret in ("canary-note", *secrets) if secret in page]


def test_without_the_whitelist_the_page_is_empty_but_whole(without: Without, register: Register, as_of: date) -> None:
    """R20: no visibility rule, no name and no figure, still a page."""
    page = _page(without("sponsor-sees"), register, as_of)

    assert "Chiara" not in page
    assert "90%" not in page


def test_a_programme_that_has_not_begun_has_a_page(ruleset: Ruleset) -> None:
    """An empty register is shown, not refused."""
    empty = Register(client="northern-health", programme="primary-care", pods={"primary-care/a": Pod(id="p", name="a")})

    assert "Primary care pilot" in _page(ruleset, empty, date(2027, 1, 1))
