"""The demo killed at its own steps: it plays in a workspace of its own, which must be whole afterwards."""

from collections.abc import Iterable

from tests.chaos.commands import KILLED, Commands
from tests.chaos.ground import Ground, Stage
from tests.chaos.matrix import AT
from tests.chaos.world import Base, Wire

ROOMS = ("operations.demo.", "cli.demo.")


def its_own(failpoints: Iterable[str]) -> list[str]:
    """Return those of *failpoints* that only the demo passes."""
    return sorted(name for name in failpoints if name.startswith(ROOMS))


def kill_demo(ground: Ground, failpoint: str, commands: Commands) -> str:
    """Kill a demo at *failpoint* and return what is wrong then, nothing when all is well."""
    with ground.world(Base.SQLITE, Wire.OUTBOX, commands, stage=Stage.DRAFT) as world:
        folder = world.folder / "demo"
        ended = commands.run(world.folder, "demo", str(folder), environ={AT: failpoint})
        if ended.code != KILLED:
            return f"not killed: exit {ended.code}"
        verified = commands.run(folder, "db", "verify")
        return "" if not verified.code else verified.said.strip()
