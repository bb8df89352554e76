"""How things are before a test: what the file says, what the test says differently, and what is usual."""

from typing import TypeVar

from convener.documents import Frozen
from convener.operations.scenarios.tables import GivenTable, ParticipantTable, PersonTable, PodTable

Table = TypeVar("Table", bound=Frozen)
USUAL = {"ann": "mia", "ben": "mia", "cat": "max"}
"""Participants of a test that names none, and whom they report to."""


def laid(below: Table, above: Table) -> Table:
    """Return *below* with every key that *above* says; tables by name are laid name by name."""
    said = {key: getattr(above, key) for key in above.model_fields_set}
    merged = {key: _laid(getattr(below, key), value) for key, value in said.items()}
    return below.model_copy(update=merged)


def _laid(below: object, above: object) -> object:
    if isinstance(below, dict) and isinstance(above, dict):
        return below | {key: _laid(below.get(key), value) for key, value in above.items()}
    if isinstance(below, Frozen) and isinstance(above, Frozen) and type(below) is type(above):
        return laid(below, above)
    return above


def completed(given: GivenTable) -> GivenTable:
    """Return *given* with the usual people where it names none: three in one pod, two managers, a coach."""
    participants = dict(given.participants)
    if not participants:
        named = given.managers or USUAL.values()
        participants = {who: ParticipantTable(manager=boss if boss in named else None) for who, boss in USUAL.items()}
    managers = given.managers or dict.fromkeys(dict.fromkeys(USUAL.values()), PersonTable())
    coaches = given.coaches or {"cox": PersonTable()}
    pods = given.pods or {"north": PodTable()}
    return given.model_copy(
        update={"participants": participants, "managers": managers, "coaches": coaches, "pods": pods}
    )
