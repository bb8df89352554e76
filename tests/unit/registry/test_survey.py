"""What connectors could do, without making one."""

from collections.abc import Callable
from typing import Any

from convener.registry import survey

MAKES_TROUBLE = """
from dataclasses import dataclass, field
from convener import Settlement, hookimpl

@dataclass(frozen=True)
class Settings:
    folder: str = field(metadata={"help": "where to"})
    sender_name: str = field(metadata={"help": "who"})

class Never:
    plugin, settings, settlement, deadline = "NAME", Settings, Settlement.ASK, 1.0
    def __init__(self, settings, workspace):
        raise AssertionError("made")
    def publish(self, publication):
        return ""

@hookimpl
def convener_register_connectors():
    return [Never]
"""


def test_connectors_are_told_by_the_work_they_are_fit_for(install: Callable[..., None], table: Any) -> None:
    """The built-in ones, and a stranger's, which is not made."""
    install("never", "stranger_never", MAKES_TROUBLE)
    tables = [table(name="mail", plugin="outbox"), table(name="data", plugin="files")]
    tables += [table(name="x", plugin="never", options={"folder": "y"})]
    found = survey({each.name: each for each in tables}, {"sender_name": "Ops"})

    assert {"mail": {"messages"}, "data": {"roster", "polls"}, "x": {"reports"}} == dict(found.work)
    assert () == found.problems


def test_a_connector_that_cannot_be_used_is_listed_with_its_place(install: Callable[..., None], table: Any) -> None:
    """A plugin that is absent or broken, and wrong options; the others are told all the same (P14, R29)."""
    install("breaks", "stranger_breaks", "raise RuntimeError('boom')")
    tables = [table(name=name, plugin=name) for name in ("absent", "breaks", "outbox")]
    tables += [table(name="odd", plugin="outbox", options={"foldr": "x"})]
    found = survey({each.name: each for each in tables}, {})

    assert (["absent", "breaks"], {"outbox", "odd"}) == ([*found.broken], {n for n, work in found.work.items() if work})
    assert ["broken-connector", "broken-connector", "unknown-key"] == [problem.code for problem in found.problems]
    assert {"config.toml"} == {problem.place.file for problem in found.problems}
