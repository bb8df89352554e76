"""The kill matrix, its quick part: what delivers, for every connector. `make chaos` has every step."""

import pytest
from tests.chaos.commands import Commands
from tests.chaos.example import FIRST_TICK, LATER
from tests.chaos.failpoints import read_package
from tests.chaos.ground import Ground, Stage
from tests.chaos.matrix import Cell, Rehearsal, judge, rehearse, strange, unreached
from tests.chaos.scenes import Scene
from tests.chaos.world import Base, Wire

pytestmark = pytest.mark.integration

SEND, BOOKS = "registry.guard.GuardedMessenger.send", "operations.delivery.books.Books"
TICK = Scene(stage=Stage.LIVE, words="tick")
AGAIN = Scene(stage=Stage.LIVE, words="tick", at=FIRST_TICK + LATER, death=f"{SEND}:called")


@pytest.fixture(scope="module")
def rehearsal(ground: Ground, hands: Commands) -> Rehearsal:
    """Play a tick that nobody disturbs."""
    return rehearse(ground, TICK, Base.SQLITE, Wire.OUTBOX, hands)


@pytest.mark.parametrize("wire", Wire)
@pytest.mark.parametrize("failpoint", [f"{SEND}:call", f"{SEND}:called", f"{BOOKS}.exchange:committed"])
def test_a_kill_loses_and_doubles_nothing(
    ground: Ground, hands: Commands, rehearsal: Rehearsal, failpoint: str, wire: Wire
) -> None:
    """On SQLite each message arrives once, and in doubt is exactly what a connector that asks had on the wire (N5)."""
    cell = Cell(failpoint=failpoint, nth=1, scene=TICK, base=Base.SQLITE, wire=wire)

    assert judge(ground, cell, rehearsal, hands).holds


@pytest.mark.parametrize("failpoint", [f"{SEND}:called", f"{BOOKS}.exchange:commit"])
def test_a_kill_on_postgresql_is_no_worse(
    ground: Ground, hands: Commands, rehearsal: Rehearsal, failpoint: str
) -> None:
    """The same on the other database (N5, fault 1)."""
    cell = Cell(failpoint=failpoint, nth=2, scene=TICK, base=Base.POSTGRESQL, wire=Wire.TEXTS)

    assert judge(ground, cell, rehearsal, hands).holds


@pytest.mark.parametrize("wire", [Wire.SHEET, Wire.TEXTS])
def test_a_kill_while_a_death_is_settled_is_no_worse(
    ground: Ground, hands: Commands, rehearsal: Rehearsal, wire: Wire
) -> None:
    """Who takes up what a dead process left may die at it too (fault 1)."""
    cell = Cell(failpoint=f"{BOOKS}.recover:commit", nth=1, scene=AGAIN, base=Base.SQLITE, wire=wire)

    assert judge(ground, cell, rehearsal, hands).holds


def test_without_the_durable_mark_it_doubles(ground: Ground, hands: Commands, rehearsal: Rehearsal) -> None:
    """The rig can fail: when the mark that was set before the wire is taken away, it reports what arrives twice."""
    cell = Cell(failpoint=f"{SEND}:called", nth=3, scene=TICK, base=Base.SQLITE, wire=Wire.TEXTS)

    assert judge(ground, cell, rehearsal, hands, forgetful=True).doubled


def test_what_is_passed_is_what_is_found(rehearsal: Rehearsal) -> None:
    """Names at run time are those read from the code; a failpoint that nobody reaches is named."""
    found = read_package().failpoints
    rehearsals = {(TICK, Wire.OUTBOX): rehearsal}

    assert set() == strange(found, rehearsals)
    assert "nobody.reaches:this" in unreached({*found, "nobody.reaches:this"}, rehearsals)
