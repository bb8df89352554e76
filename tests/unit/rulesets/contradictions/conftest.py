"""Loads rules of a programme for the tests of contradictions."""

from collections.abc import Callable
from pathlib import Path

import pytest

from convener.errors import Problem
from convener.rulesets import load_client

Say = Callable[..., list[Problem]]
CLIENT = """\
schema = 1

[client]
name = "Harbour Trust"
timezone = "Europe/London"

[stack]
email = "mail"

[programmes.pilot]
title = "Pilot"
starts = 2027-01-18
sessions = { count = 6, length = "2 hours", every = "4 weeks" }
roster = { path = "harbour.csv" }
"""


@pytest.fixture
def say(tmp_path: Path) -> Say:
    """Give the problems of a client with some rules: each a name, a kind, a flexibility and the lines of its keys."""

    def said(*rules: tuple[str, str, str, str], more: str = "") -> list[Problem]:
        text = "".join(
            f'[rules.{name}]\nkind = "{kind}"\nflexibility = "{flexibility}"\n{keys}\n'
            for name, kind, flexibility, keys in rules
        )
        (tmp_path / "rulesets").mkdir(exist_ok=True)
        (tmp_path / "rulesets" / "harbour.toml").write_text(CLIENT + text + more, encoding="utf-8")
        return list(load_client(tmp_path, "harbour").problems)

    return said
