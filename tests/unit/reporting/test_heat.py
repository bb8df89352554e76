"""Who was there, person by session."""

from dataclasses import replace
from datetime import date

from convener.model import Register
from convener.reporting import Report, client_report
from convener.reporting.heat import Grid, grids, legend
from convener.reporting.manner import Manner
from convener.rulesets.ruleset import Ruleset


def _grids(report: Report) -> tuple[Grid, ...]:
    return grids(report, Manner.of(report), report.floor)


def test_one_grid_for_each_set_with_its_people_and_dates(ruleset: Ruleset, register: Register, as_of: date) -> None:
    """R19: five sets of eight people and nine sessions."""
    made = _grids(client_report(ruleset, register, as_of=as_of))

    assert ["Cumbria", "Durham", "Lancashire", "Northumberland", "Tyneside"] == [grid.pod for grid in made]
    assert {(8, 9)} == {(len(grid.lines), len(grid.heads)) for grid in made}
    assert ("1", "19 Jan", "Contracting", "7/8") == (
        made[0].heads[0].number, made[0].heads[0].day, made[0].heads[0].topic, made[0].heads[0].present,
    )  # fmt: skip


def test_a_line_says_how_often_somebody_was_there(ruleset: Ruleset, register: Register, as_of: date) -> None:
    """Chiara sent apologies for the second session."""
    lines = _grids(client_report(ruleset, register, as_of=as_of))[0].lines
    chiara = next(line for line in lines if line.name == "Chiara Grant")
    statuses = [cell.status if cell else "" for cell in chiara.cells]

    assert ["attended", "apologies", "attended", "planned"] == statuses[:4]
    assert ("2 of 3", True) == (chiara.present, chiara.below)


def test_every_status_has_a_sign_of_its_own() -> None:
    """Nothing is told by shade alone, whatever words a client has for being there."""
    met = [
        {"status": status, "effect": effect}
        for status, effect in (
            ("attended", "present"), ("apologies", "absent"), ("absent", "absent"), ("online", "present"),
            ("planned", "planned"), ("not recorded", "not recorded"),
        )
    ]  # fmt: skip
    signs = [sign.sign for sign in legend(met)]

    assert len(met) == len(set(signs))


def test_a_status_keeps_its_tint_whatever_else_occurs() -> None:
    """Two reports of one programme look alike."""
    few = legend([{"status": "partly", "effect": "present"}])
    many = legend([{"status": status, "effect": "present"} for status in ("attended", "made-up", "partly")])

    assert few[0].shade == many[2].shade


def test_nobody_is_shown_without_the_fields_for_it(ruleset: Ruleset, register: Register, as_of: date) -> None:
    """R20: without the whitelist there is no grid."""
    rules = {key: rule for key, rule in ruleset.rules.items() if key != "sponsor-sees"}

    assert () == _grids(client_report(replace(ruleset, rules=rules), register, as_of=as_of))
