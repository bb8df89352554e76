"""A small pack and a client in a folder of their own, and tests of their rules written beside them."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from convener.operations.rules import RuleBook
from convener.operations.scenarios.loading import LoadedSuite, load_suite
from convener.operations.scenarios.running import Outcome, run_scenario
from convener.operations.scenarios.suite import Scenario, Suite

PACK = """\
schema = 1

[pack]
id = "house"
version = "1.0.0"

[rules.floor]
kind = "attendance-floor"
flexibility = "flexible"
min = "70%"

[rules.gap]
kind = "session-gap"
flexibility = "inflexible"
min = "10 days"
max = "45 days"

[rules.statuses]
kind = "attendance-status"
flexibility = "flexible"
attended = { counts = true, present = true }
missed = { counts = true, present = false }

[automations.remind]
on = "2 working days before session.starts, at 09:00"
for_each = "participant"
when = ["participant.active", "session.number >= 2"]
do = { send = "reminder", via = ["email", "text"] }
late = "send until session.starts"

[automations.toolkit]
on = "2 hours after session.held"
for_each = "manager"
when = ["attendance.present"]
do = { send = "manager-toolkit", via = ["email"] }
"""
CLIENT = """\
schema = 1
extends = ["house@1"]

[client]
name = "Acme"
timezone = "Europe/London"
holidays = "GB-ENG"

[stack]
roster = "files"
email = "mail"
text = "sms"
polls = "files"

[automations.toolkit]
enabled = false
reason = "Nobody wants it."

[automations.welcome]
on = "participant.joined"
for_each = "participant"
do = { send = "welcome", via = ["email"] }

[programmes.lead]
title = "Leading"
starts = 2027-01-18
sessions = { count = 2, length = "1 day" }
topics = ["Contracting", "Access"]
roster = { path = "acme.csv" }
"""
HEAD = """\
schema = 1

[given]
now = "Mon 2027-02-01 08:00"
sessions = { 1 = "Tue 2027-02-09 09:00", 2 = "Tue 2027-03-09 09:00" }

"""
REMINDED = """\
[[tests]]
name = "reminded"
of = "remind"
until = "Tue 2027-03-09 09:00"
sent = [{ to = ["ann", "ben", "cat"], at = "Fri 2027-03-05 09:00" }]
"""


@dataclass(frozen=True, slots=True)
class Bench:
    """A folder with rules, and what loads and runs the tests written there."""

    folder: Path
    head = HEAD
    reminded = REMINDED

    def write(self, name: str, text: str) -> None:
        """Write a file into `rulesets/`."""
        (self.folder / "rulesets" / name).write_text(text, encoding="utf-8")

    @property
    def book(self) -> RuleBook:
        """The rules as they are now."""
        return RuleBook.of(self.folder, None)

    def load(self, text: str, name: str = "house") -> LoadedSuite:
        """Load *text* as the tests of *name*."""
        self.write(f"{name}.test.toml", text)
        return load_suite(self.book, name)

    def suite(self, *tests: str, name: str = "house", head: str = HEAD) -> Suite:
        """Load *tests*, which must be right, below *head*."""
        loaded = self.load("".join((head, *tests)), name)
        assert () == loaded.problems
        assert loaded.suite is not None
        return loaded.suite

    def scenario(self, test: str, name: str = "house") -> Scenario:
        """Load one test."""
        return self.suite(test, name=name).scenarios[0]

    def run(self, test: str, name: str = "house") -> Outcome:
        """Run one test."""
        suite = self.suite(test, name=name)
        return run_scenario(suite.prepared, suite.scenarios[0])

    def told(self, text: str, name: str = "house") -> list[str]:
        """Return what is wrong with the tests *text*, without their file."""
        problems = self.load(text, name).problems
        return [f"{p.place.line}:{p.place.column} {p.code}: {p.message}; {p.hint}".rstrip("; ") for p in problems]


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """Return a folder with the pack and the client."""
    (tmp_path / "rulesets").mkdir()
    made = Bench(tmp_path)
    made.write("house.toml", PACK)
    made.write("acme.toml", CLIENT)
    return made
