"""The small line charts."""

from datetime import date

from convener.model import Register
from convener.reporting import client_report
from convener.reporting.manner import Manner
from convener.reporting.panels import engagement_trend, trends
from convener.rulesets.ruleset import Ruleset


def test_all_sets_come_first_and_each_set_beside_them(ruleset: Ruleset, register: Register, as_of: date) -> None:
    """R19: attendance over time, three points of nine so far."""
    report = client_report(ruleset, register, as_of=as_of)
    panels = trends(report, Manner.of(report))

    assert ["All sets", "Cumbria", "Durham", "Lancashire", "Northumberland", "Tyneside"] == [p.title for p in panels]
    assert {3} == {len(panel.line.points) for panel in panels}
    assert {panels[0].line} == {panel.beside for panel in panels[1:]}


def test_a_chart_is_described_in_words(ruleset: Ruleset, register: Register, as_of: date) -> None:
    """Those who do not see the line read its values."""
    report = client_report(ruleset, register, as_of=as_of)
    panel = trends(report, Manner.of(report))[1]

    assert "session 1: 88%, session 2: 88%, session 3: 88%" == panel.described
    assert ("88%", "in session 3") == (panel.now, panel.moment)


def test_nothing_held_draws_nothing(ruleset: Ruleset, register: Register) -> None:
    """Before the first session there is no line."""
    report = client_report(ruleset, register, as_of=date(2027, 1, 1))
    manner = Manner.of(report)

    assert ([], None) == (trends(report, manner), engagement_trend(report, manner))
