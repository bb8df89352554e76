"""What the core asks of connectors."""

from datetime import UTC, datetime

from convener.ports import Extensions, FactScene, Messenger, Polls, ReportSink, RosterSource, Settlement, TableRow
from convener.testing import MemoryMessenger, MemoryPolls, MemoryRoster, MemorySink, a_register


def test_each_twin_serves_its_port_and_no_other() -> None:
    """A port is told apart by what it can do."""
    twins = (MemoryMessenger(), MemoryRoster(), MemoryPolls(), MemorySink())
    ports = (Messenger, RosterSource, Polls, ReportSink)

    assert [[twin is other for other in twins] for twin in twins] == [
        [isinstance(twin, port) for port in ports] for twin in twins
    ]


def test_settlements_are_words_of_the_rule_files() -> None:
    """The three policies by their names."""
    assert ["same-id", "lookup", "ask"] == list(Settlement)


def test_a_row_does_not_show_its_values() -> None:
    """A row that ends up in a log tells its line and nobody's address."""
    assert "TableRow(line=2)" == repr(TableRow(line=2, values={"email": "ana@northern.example"}))


def test_a_scene_does_not_show_its_register() -> None:
    """A fact that fails may be logged with what it was asked about: nobody's name is in that."""
    scene = FactScene(register=a_register({"north": ["ana"]}), person="ana", at=datetime(2027, 3, 1, tzinfo=UTC))

    assert "ana@" not in repr(scene)
    assert "register" not in repr(scene)


def test_nothing_is_added_by_default() -> None:
    """Rules without plugins speak of what ships."""
    assert (0, 0) == (len(Extensions().facts), len(Extensions().kinds))
