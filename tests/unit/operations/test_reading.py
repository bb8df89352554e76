"""Reading one client."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import BaseModel, field_validator

from convener.bundled import bundled
from convener.errors import Place, Problem
from convener.operations.reading import ClientRules, read_client, sorted_out
from convener.operations.surroundings import Surroundings

Read = Callable[..., ClientRules]
GOOD = (bundled("rulesets") / "northern-health.toml").read_text(encoding="utf-8")
ODD = """
[automations.hello]
on = "one day"
for_each = "coach"
when = ["sesion.number > 1"]
do = { send = "helo", via = ["email"] }
"""


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Read a client whose file says what the example says, and something more."""

    def of(text: str = GOOD, *, templates: str = "") -> ClientRules:
        (tmp_path / "rulesets").mkdir(exist_ok=True)
        (tmp_path / "rulesets" / "acme.toml").write_text(text, encoding="utf-8")
        if templates:
            (tmp_path / "templates" / "messages").mkdir(parents=True)
            (tmp_path / "templates" / "messages" / "reminder.md.j2").write_text(templates, encoding="utf-8")
        return read_client(tmp_path, "acme", Surroundings.of(tmp_path, None), "stamp")

    return of


def test_a_sound_client_is_ready(read: Read) -> None:
    """Its programmes are prepared, under the stamp of its files."""
    rules = read()

    assert (True, ["primary-care"], "stamp", {}) == (rules.is_valid, [*rules.prepared], rules.stamp, rules.isolated)


def test_everything_wrong_with_an_automation_is_told_at_once(read: Read) -> None:
    """Its moment, its clauses and its words, by the three who judge them; the others are ready (R29, P14)."""
    rules = read(GOOD + ODD)
    (prepared,) = rules.prepared.values()

    assert ["bad-moment", "unknown-fact", "unknown-message"] == sorted(each.code for each in rules.isolated["hello"])
    assert (False, True) == (rules.is_valid, rules.is_usable)
    assert "hello" not in prepared.ruleset.automations
    assert "welcome" in {each.automation.id for each in prepared.automations}


def test_what_is_wrong_elsewhere_refuses_all(read: Read) -> None:
    """A rule that cannot be read stands for people who count on it: nothing runs without it."""
    rules = read(GOOD + ODD + '\n[rules.odd]\nkind = "quorum"\nflexibility = "inflexible"\nmembres = "75%"\n')

    assert ({}, {}, False) == (rules.prepared, rules.isolated, rules.is_usable)
    assert {"unknown-key", "bad-moment"} <= {each.code for each in rules.problems}


def test_a_broken_template_is_the_problem_of_those_who_send_it(read: Read) -> None:
    """The client goes on without them (P14)."""
    rules = read(templates="Subject: x\n\n{{ nobody }}\n")

    assert ["remind"] == [*rules.isolated]
    assert ["templates/messages/reminder.md.j2:3:1"] == [str(each.place) for each in rules.problems]


def test_a_client_that_is_not_there_has_that_problem(tmp_path: Path) -> None:
    """Nothing is raised for what files say, or do not say."""
    rules = read_client(tmp_path, "acme", Surroundings.of(tmp_path, None))

    assert ["missing-file"] == [problem.code for problem in rules.problems]


class Unruly(BaseModel):
    """Terms of a stranger's kind that fail to be read."""

    size: int

    @field_validator("size")
    @classmethod
    def _fail(cls, value: int) -> int:
        raise LookupError(f"ana@northern.example has {value}")


def test_whatever_a_strangers_kind_raises_is_a_problem_of_that_client(tmp_path: Path) -> None:
    """P14: the others are read; the text of the error stays inside, because it may name somebody."""
    (tmp_path / "rulesets").mkdir()
    rule = '[rules.odd]\nkind = "unruly"\nflexibility = "flexible"\nsize = 3\n'
    (tmp_path / "rulesets" / "acme.toml").write_text(f"{GOOD}\n{rule}", encoding="utf-8")
    around = Surroundings.of(tmp_path, None)
    rules = read_client(tmp_path, "acme", replace(around, kinds={**around.kinds, "unruly": Unruly}), "stamp")
    (problem,) = rules.problems

    assert ("internal-error", "cannot be read: LookupError", "stamp") == (problem.code, problem.message, rules.stamp)
    assert not rules.is_usable


def test_problems_stand_by_place_each_once() -> None:
    """Two automations that share a broken template have one problem to mend."""
    late = Problem(code="b", message="x", place=Place("a", 9), owner="automations.one")
    twin = Problem(code="b", message="x", place=Place("a", 9), owner="automations.two")
    early = Problem(code="c", message="x", place=Place("a", 2))

    assert (early, late) == sorted_out([twin, late, early])
