"""Proposed dates as a page."""

import re
from dataclasses import replace
from typing import Any

from convener.bundled import bundled
from convener.model import DateProposal, Register
from convener.rendering import Renderer
from convener.reporting.proposals import dates_page
from convener.rulesets.ruleset import Ruleset


def drawn(context: dict[str, object]) -> str:
    """Return the page of *context*."""
    return Renderer([bundled("templates")]).page("dates", context, zone="Europe/London", locale="en-GB")


def test_each_pod_has_its_dates_with_who_can_come(ruleset: Ruleset, agreed: Register, dates: DateProposal) -> None:
    """Number, day, hours, who cannot; a confirmed one stays or moves (R10, R11)."""
    context: Any = dates_page(ruleset, agreed, dates)
    north, south = context["pods"]

    assert ("North", "Cora Vale", "") == (north.title, north.coach, south.coach)
    assert [("fresh", "2 of 3"), ("fresh", "2 of 3")] == [(row.look, row.coming) for row in north.rows]
    assert ["kept", "moved"] == [row.look for row in south.rows]
    assert ["", "Tuesday 30 March 2027"] == [row.moved_from for row in south.rows]


def test_the_map_shows_where_a_session_moves_from(ruleset: Ruleset, agreed: Register, dates: DateProposal) -> None:
    """It has a ring where it was, another where it will be, and the legend explains what is there and no more."""
    context: Any = dates_page(ruleset, agreed, dates)
    rings = {(ring.number, ring.look) for block in context["blocks"] for ring in block.rings}

    assert {(1, "fresh"), (2, "fresh"), (1, "kept"), (2, "moved"), (2, "left")} == rings
    assert ["fresh", "kept", "moved", "left"] == [look for look, _ in context["looks"]]


def test_the_page_is_whole_and_obeys_nobody(ruleset: Ruleset, agreed: Register, dates: DateProposal) -> None:
    """No script, nothing fetched, names escaped, and notices of the proposal and of the answers are on it."""
    page = drawn(dates_page(ruleset, agreed, dates, ["an odd <answer>"]))

    assert [] == re.findall(r'<script|src=|url\(|href="(?!#)', page)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<li>clocks change</li>" in page
    assert "<li>an odd &lt;answer&gt;</li>" in page
    assert "New York" in page


def test_dates_without_a_poll_have_no_map(ruleset: Ruleset, register: Register, dates: DateProposal) -> None:
    """The list of dates alone is a page too."""
    page = drawn(dates_page(ruleset, register, replace(dates, slots=(), views=(), moved=())))

    assert "Who can come when" not in page
    assert "Topic 1" in page
