"""Builds workspaces of rule files for the tests of this room."""

from collections.abc import Callable
from pathlib import Path

import pytest

from convener.bundled import bundled

CLIENT = """\
schema = 1
extends = ["base@1"]

[client]
name = "Harbour Trust"
timezone = "Europe/London"

[stack]
email = "mail"

[programmes.pilot]
title = "Pilot"
starts = 2027-01-18
sessions = { count = 6, length = "2 hours" }
roster = { path = "harbour.csv" }
"""
PACK = """\
schema = 1

[pack]
id = "base"
version = "1.2.3"

[rules.gap]
kind = "session-gap"
flexibility = "inflexible"
min = "10 days"
max = "45 days"

[rules.size]
kind = "pod-size"
flexibility = "flexible"
min = 5
target = 6
max = 7
why = "Small enough that everyone speaks."

[automations.welcome]
on = "participant.joined"
for_each = "participant"
do = { send = "welcome", via = ["email"] }

[polls.mood]
closes = "5 days"

[[polls.mood.questions]]
id = "mood"
ask = "How was it?"
scale = [1, 5]
"""
Write = Callable[..., Path]


@pytest.fixture
def examples() -> Path:
    """Give the workspace of the examples that ship, in a checkout or in a wheel."""
    return Path(str(bundled("rulesets"))).parent


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a client that extends a pack, each with some text appended, and give the workspace."""

    def build(client: str = "", pack: str = "", **others: str) -> Path:
        folder = tmp_path / "rulesets"
        folder.mkdir(exist_ok=True)
        for name, text in {"harbour": CLIENT + client, "base": PACK + pack, **others}.items():
            (folder / f"{name}.toml").write_text(text, encoding="utf-8")
        return tmp_path

    return build
