"""The picture of a rehearsed year."""

import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from convener.bundled import bundled
from convener.decide import Prepared
from convener.decide.stage.play import Stage
from convener.errors import UsageError
from convener.operations.behaviour import Behaviour
from convener.operations.simulate.digest import Simulation, days_of
from convener.operations.simulate.picture import calendar, described, picture_context, refuse_ending, totals
from convener.operations.simulate.players import Players
from convener.operations.simulate.playing import Run
from convener.rendering import Renderer


@pytest.fixture
def found(stage: Stage, prepared: Prepared, at) -> Simulation:
    """Return half a year of the small programme."""
    span = (at("2026-12-01T00:00"), at("2027-04-01T00:00"))
    players = Players(behaviour=Behaviour(1, prepared.statuses))
    beats = Run(stage=stage, players=players, until=span[1], tell=lambda _: None).play(())
    return Simulation(
        scope="acme/lead", title="Leading <well>", since=span[0], until=span[1], zone="Europe/London", seed=1,
        days=days_of(beats, stage.register, "Europe/London", span), people=stage.register.people,
        holidays={span[0].replace(day=25).date(): "Christmas Day"}, standing=tuple(stage.flags.values()),
    )  # fmt: skip


@pytest.fixture
def page(found: Simulation) -> Callable[[str], str]:
    """Return what renders a template of the picture."""
    renderer = Renderer([bundled("templates")])
    return lambda name: renderer.page(name, picture_context(found), zone="Europe/London", locale="en-GB").strip()


def test_the_map_counts_what_goes_out(found: Simulation) -> None:
    """Messages and sessions of the calendar are those of the digest."""
    months = calendar(found).months

    assert sum(1 for _ in found.dispatches) == sum(month.count for month in months)
    assert 2 == sum(month.sessions for month in months)


def test_the_svg_is_one_whole_picture_with_title_legend_and_words(page: Callable[[str], str]) -> None:
    """It parses, needs nothing from elsewhere, and says in words what it shows."""
    svg = page("simulation-calendar")
    texts = [element.text for element in ET.fromstring(svg).iter() if element.tag.endswith("}text")]  # noqa: S314 - our own

    assert "Leading <well>, acme/lead" in texts
    assert {"session", "weekend", "holiday", "Jan 2027"} <= set(texts)
    assert "Friday 25 December 2026 (Christmas Day): nothing goes out" in svg
    assert [] == re.findall(r'(?:href|src)="|url\(|<script', svg)


def test_the_page_shows_every_message_flag_and_day(page: Callable[[str], str], found: Simulation) -> None:
    """Each day with who gets what, what happened, and the sums; names are escaped."""
    html = page("simulation")

    assert len(found.days) == html.count("<details>")
    assert "Leading &lt;well&gt;" in html
    assert "manager-toolkit: manager-toolkit by email" in html
    assert "register of north/1" in html
    assert [] == re.findall(r'(?:href|src)="|url\(|<script', html)


def test_the_figures_name_what_there_is(found: Simulation) -> None:
    """Messages, sessions and flags always, the rest when there is any; most on the busiest day."""
    names = [name for name, _ in totals(found)]

    assert {"messages", "sessions", "flags raised", "busiest day"} <= set(names)
    assert "refused" not in names
    assert described(found).startswith("1 Dec 2026 to 1 Apr 2027: ")


def test_only_an_svg_or_a_page_is_a_picture() -> None:
    """Another ending is refused with those there are."""
    refuse_ending(Path("year.svg"))
    refuse_ending(Path("year.html"))
    with pytest.raises(UsageError) as caught:
        refuse_ending(Path("year.png"))

    assert "let it end in .svg or .html" == caught.value.hint
