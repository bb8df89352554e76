"""The fact keeps the promises of a fact."""

from collections.abc import Iterator
from datetime import UTC, datetime

from convener_console.facts import ZONES

from convener import FactScene, PluginFact
from convener.testing import FactContract, a_register

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)


class TestZones(FactContract):
    """What every fact promises."""

    def offered(self) -> PluginFact:
        """Return the fact under contract."""
        return ZONES

    def known(self) -> Iterator[tuple[FactScene, object]]:
        """Yield a pod in two zones, and nobody's."""
        register = a_register({"north": ["ana", "ben", "cleo"]}, zones={"cleo": "Australia/Sydney"})
        yield FactScene(register=register, pod="north", at=NOON), 2
        yield FactScene(register=register, at=NOON), None
