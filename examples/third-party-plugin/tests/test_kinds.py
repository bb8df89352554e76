"""The kind keeps the promises of a kind."""

from collections.abc import Mapping
from datetime import date

from convener_console.kinds import ROOM

from convener import Register, RuleKind
from convener.testing import KindContract, a_register

DAY = date(2027, 3, 1)


class TestRoom(KindContract):
    """What every kind promises."""

    def offered(self) -> RuleKind:
        """Return the kind under contract."""
        return ROOM

    def terms(self) -> Mapping[str, object]:
        """Return what a rule file says."""
        return {"chairs": 3}

    def kept(self) -> tuple[Register, date]:
        """Return two members and their coach on three chairs."""
        return a_register({"north": ["ana", "ben"]}), DAY

    def broken(self) -> tuple[Register, date]:
        """Return three members and their coach."""
        return a_register({"north": ["ana", "ben", "cleo"]}), DAY
