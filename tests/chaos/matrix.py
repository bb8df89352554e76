"""The kill matrix: every failpoint, for each connector, on each database.

A step that reaches no connector does the same whichever there is: it is killed with one of them, by turns, unless
*every* is asked for.

A cell plays a scene up to its failpoint, where the process is killed; gives the same command again, as a person or
the daemon would; goes on to a live programme; and lets ten minutes pass, so that every lease has ended. What lies on
the wire then is compared with what a run that nobody disturbed has put there.

Known exactly beforehand: nothing is lost; nothing arrives twice, but for what is repeated with the same Message-ID
because it had arrived and was not settled when the process died; and in doubt is what was `sending` then, for a
connector whose policy is to ask, and nothing else.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from tests.chaos.commands import KILLED, Commands, Crew, Ended
from tests.chaos.example import FIRST_TICK, LATER, PLANNED, RULES
from tests.chaos.ground import STEPS, Ground, Stage
from tests.chaos.scenes import FILES, Scene
from tests.chaos.verdicts import Deaths, Verdict
from tests.chaos.world import Base, Wire, World, expect

from convener.model import DispatchState

DELIVERING = ("registry.guard.GuardedMessenger", "registry.guard.GuardedLookup", "operations.delivery.")
"""Steps that differ by how far another process came, and by where the connector works."""
QUIET = (Wire.OUTBOX,)
"""The connector of a scene in which it does not matter which there is."""
LEGEND = "0: nothing lost or doubled; 1?: one in doubt, as it must be; 1r: one came again, recognised; .: see --every"
AT, JOURNAL = "CONVENER_FAILPOINT", "CONVENER_FAILPOINT_JOURNAL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """A scene as it goes when nobody disturbs it."""

    passed: Counter[str]
    """Failpoints that its command passed, and how often."""
    arrived: frozenset[str]
    """Message ids on the wire in the end."""
    keys: frozenset[str]
    """Every dispatch in the ledger in the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One kill: where, how late, and in which world."""

    failpoint: str
    nth: int
    scene: Scene
    base: Base
    wire: Wire


def rehearse(ground: Ground, scene: Scene, base: Base, wire: Wire, commands: Commands) -> Rehearsal:
    """Play *scene* to its end, killing nobody but whom it needs dead beforehand."""
    with ground.world(base, wire, commands, stage=scene.stage, adopt=not scene.is_copied) as world:
        begin(world, scene, Deaths())
        passed = world.folder / "passed"
        expect(play(world, scene, {JOURNAL: str(passed)}), 0, 4, 5)
        close(world, scene)
        return Rehearsal(
            passed=Counter(passed.read_text(encoding="utf-8").split() if passed.exists() else ()),
            arrived=frozenset(world.arrivals()),
            keys=frozenset(world.keys()),
        )


def judge(ground: Ground, cell: Cell, rehearsal: Rehearsal, commands: Commands, *, forgetful: bool = False) -> Verdict:
    """Kill a scene where *cell* says, give its command again, let time pass, and compare with its *rehearsal*.

    A *forgetful* world loses the mark that was durable before the wire was touched, as if there were none.
    """
    with ground.world(cell.base, cell.wire, commands, stage=cell.scene.stage, adopt=not cell.scene.is_copied) as world:
        deaths = Deaths()
        begin(world, cell.scene, deaths)
        ended = play(world, cell.scene, {AT: f"{cell.failpoint}@{cell.nth}"})
        deaths.note(world)
        if forgetful:
            world.forget_marks()
        play(world, cell.scene)
        close(world, cell.scene)
        verdict = compare(world, deaths, rehearsal)
    survived = () if ended.code == KILLED else (f"not killed: exit {ended.code}",)
    return replace(verdict, wrong=(*verdict.wrong, *survived))


def begin(world: World, scene: Scene, deaths: Deaths) -> None:
    """Do what comes before the scene."""
    for name, text in FILES.items():
        (world.folder / name).write_text(text, encoding="utf-8")
    if scene.is_old:
        world.make_old()
    if scene.before:
        expect(world.convene(*words(world, scene.before), at=scene.at))
    if scene.death:
        expect(world.convene("tick", at=FIRST_TICK, **{AT: scene.death}), KILLED)
        deaths.note(world)
    world.rule(scene.rules)


def play(world: World, scene: Scene, failpoints: Mapping[str, str] | None = None) -> Ended:
    """Give the command of the scene, with *failpoints* in its environment; without when it has died at it before."""
    environ = {**dict(scene.environ), **(failpoints or {})}
    if scene.is_lasting:
        return world.live(PLANNED if failpoints else 0, **environ)
    return world.convene(*words(world, scene.words), at=scene.at, **environ)


def close(world: World, scene: Scene) -> None:
    """Go on to a live programme, as the scene's command may have done already, and let ten minutes pass."""
    world.rule(RULES)
    for stage in Stage:
        if scene.stage < stage <= Stage.LIVE:
            at, command = STEPS[stage]
            world.convene(*command, at=at)
    world.convene("tick", at=max(scene.at, FIRST_TICK) + LATER)
    world.journal.settle()


def words(world: World, command: str) -> list[str]:
    """Return *command* as words, with what it names in this world."""
    key = next(iter(world.keys()), "")
    return [word.format(key=key, folder=world.folder) for word in command.split()]


def compare(world: World, deaths: Deaths, rehearsal: Rehearsal) -> Verdict:
    """Say what lies on the wire and in the ledger, beside what should."""
    arrived, states = world.arrivals(), world.states()
    doubted = {name for name, state in states.items() if state is DispatchState.IN_DOUBT}
    twice = [name for name, count in arrived.items() if count > 1]
    strange = arrived.keys() - rehearsal.arrived
    repeats = sum(count - 1 for count in arrived.values())
    allowed = deaths.repeatable if world.wire.repeats else 0
    doubled = max(0, repeats - allowed)
    return Verdict(
        planned=len(rehearsal.arrived),
        lost=len(rehearsal.arrived - arrived.keys() - doubted),
        doubled=doubled,
        in_doubt=len(doubted),
        expected=len(deaths.on_wire) if world.wire.asks else 0,
        repeats=min(repeats, allowed),
        wrong=(
            *_wrongs(world, states.values(), rehearsal),
            *(f"nobody planned {name}" for name in strange),
            *(f"{name}, {states.get(name)}, came {arrived[name]} times" for name in twice if doubled),
        ),
    )


def _wrongs(world: World, states: Iterable[DispatchState], rehearsal: Rehearsal) -> Iterator[str]:
    """Yield what is wrong in the ledger and the register, whatever lies on the wire."""
    if DispatchState.SENDING in states:
        yield "a lease without an owner"
    if rehearsal.keys != frozenset(world.keys()):
        yield "another ledger"
    yield from world.flaws()


def rehearse_all(ground: Ground, scenes: Sequence[Scene], crew: Crew) -> dict[tuple[Scene, Wire], Rehearsal]:
    """Rehearse every scene; those that take up what a dead process left on the wire, once for each connector."""
    parts = [(scene, wire) for scene in scenes for wire in (Wire if scene.death.startswith(DELIVERING) else QUIET)]
    played = crew.do(lambda part, hands: rehearse(ground, part[0], part[0].bases[0], part[1], hands), parts)
    return dict(zip(parts, played, strict=True))


def cells_of(rehearsals: Mapping[tuple[Scene, Wire], Rehearsal], *, every: bool = False) -> list[Cell]:
    """Return the kills to be made: every failpoint in the first scene that passes it.

    In a tick it is killed there the first time and in the middle. A delivery that takes up what a dead process left
    on the wire is killed at each of its steps too.
    """
    done: set[tuple[str, Wire]] = set()
    cells: list[Cell] = []
    for (scene, rehearsed), rehearsal in rehearsals.items():
        for number, (failpoint, count) in enumerate(sorted(rehearsal.passed.items())):
            delivers = failpoint.startswith(DELIVERING)
            takes_up = delivers and scene.death.startswith(DELIVERING)
            for wire in (rehearsed,) if scene.death else _fitting(number, delivers=delivers, every=every):
                if (failpoint, wire) not in done or takes_up:
                    done.update((failpoint, each) for each in ((wire,) if delivers or every else Wire))
                    cells += _everywhere(scene, failpoint, wire, count)
    return cells


def _fitting(number: int, *, delivers: bool, every: bool) -> Sequence[Wire]:
    """Return with which connectors a step is killed; where a connector works is seen by those alone who deliver."""
    if delivers:
        return tuple(Wire)
    inside = [wire for wire in Wire if wire is not Wire.APART]
    return inside if every else [inside[number % len(inside)]]


def _everywhere(scene: Scene, failpoint: str, wire: Wire, count: int) -> Iterator[Cell]:
    """Yield a kill on each database, and in a tick another in the middle.

    How often a delivery goes to its books depends on how fast the other side is: twice at least, to claim
    and to settle.
    """
    middle = min(2, count) if failpoint.startswith("operations.delivery.") else max(1, count // 2)
    nths = {1, middle} if scene.words == "tick" and not scene.death else {1}
    for base, nth in product(scene.bases, sorted(nths)):
        yield Cell(failpoint=failpoint, nth=nth, scene=scene, base=base, wire=wire)


def unreached(failpoints: Iterable[str], rehearsals: Mapping[tuple[Scene, Wire], Rehearsal]) -> set[str]:
    """Return the failpoints that no scene passes."""
    return set(failpoints) - {name for rehearsal in rehearsals.values() for name in rehearsal.passed}


def strange(failpoints: Iterable[str], rehearsals: Mapping[tuple[Scene, Wire], Rehearsal]) -> set[str]:
    """Return the failpoints that are passed and not found in the code: then the search for them is wrong."""
    return {name for rehearsal in rehearsals.values() for name in rehearsal.passed} - set(failpoints)


def play_all(
    ground: Ground, cells: Sequence[Cell], rehearsals: Mapping[tuple[Scene, Wire], Rehearsal], crew: Crew
) -> Iterator[tuple[Cell, Verdict]]:
    """Judge every cell, and yield them as they come."""

    def one(cell: Cell, hands: Commands) -> Verdict:
        return judge(ground, cell, rehearsals[cell.scene.undisturbed, Wire.OUTBOX], hands)

    yield from zip(cells, crew.do(one, cells), strict=True)


def table(verdicts: Iterable[tuple[Cell, Verdict]]) -> str:
    """Return the matrix as text: a line for each failpoint, a column for each connector and database."""
    found: dict[str, dict[tuple[Base, Wire], Verdict]] = {}
    for cell, verdict in verdicts:
        line = found.setdefault(cell.failpoint, {})
        column = (cell.base, cell.wire)
        line[column] = line.get(column, Verdict()) + verdict
    columns = [(base, wire) for base in Base for wire in Wire if any((base, wire) in line for line in found.values())]
    width = max(map(len, found), default=0)
    head = " ".join(f"{base[:2]} {wire}".rjust(10) for base, wire in columns)
    lines = [
        f"{name:{width}} " + " ".join(str(line.get(column, ".")).rjust(10) for column in columns)
        for name, line in sorted(found.items())
    ]
    return "\n".join([LEGEND, f"{'':{width}} {head}", *lines])
