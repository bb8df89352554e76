"""A programme to ask what can come about in it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from convener.bundled import bundled
from convener.decide.prepared import statuses_of
from convener.decide.reachability import World
from convener.errors import Place
from convener.expressions import CATALOGUE, Compiled, compile_clause, narrowed
from convener.rulesets import load_client

Read = Callable[..., tuple[Compiled, ...]]


@pytest.fixture(scope="session")
def world() -> World:
    """Give northern-health's programme of nine sessions; clauses stand in its own file."""
    (ruleset,) = load_client(Path(str(bundled("rulesets"))).parent, "northern-health").rulesets
    statuses = statuses_of(ruleset)
    facts = narrowed(CATALOGUE, {"poll.id": ruleset.polls, "attendance.status": statuses})
    ruleset = replace(ruleset, files=(*ruleset.files, "x.toml"))
    return World(ruleset=ruleset, statuses=statuses, facts=facts)


@pytest.fixture(scope="session")
def read(world: World) -> Read:
    """Compile clauses, each on a line of its own."""

    def compiled(*sources: str) -> tuple[Compiled, ...]:
        return tuple(
            compile_clause(source, Place("x.toml", line, 9), world.facts) for line, source in enumerate(sources, 1)
        )

    return compiled
