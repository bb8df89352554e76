"""`make chaos`, or `python -m tests.chaos [PART…]`: the whole proof, part by part; exit 1 when a promise was not kept.

What this machine does not let us do is said in a line.
"""

import argparse
import os
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from itertools import product
from pathlib import Path
from time import monotonic
from types import MappingProxyType
from typing import TypeVar

from tests.chaos import account, demo, disasters, failpoints, matrix, races
from tests.chaos.commands import Commands, Crew, crew
from tests.chaos.ground import Ground, Stage
from tests.chaos.jumps import Landing, jumps
from tests.chaos.scenes import SCENES, Scene
from tests.chaos.servers import Server, postgresql
from tests.chaos.statemachine import tell
from tests.chaos.verdicts import Verdict
from tests.chaos.world import Base, Wire, World

ROWS, MAILS = 2000, 5000
JUMPS = (timedelta(hours=-2), timedelta(days=10), timedelta(minutes=-5), timedelta(hours=1))
FAILING = tuple((call, nth) for call in disasters.SYSTEM_CALLS for nth in (3, 8, 20))
DISK = "24m"
TOLD = 100
"""After how many kills it says how far it is."""
STORIES, STEPS = 10, 15
MARKED = matrix.Cell(
    failpoint="registry.guard.GuardedMessenger.send:called",
    nth=3,
    scene=Scene(stage=Stage.LIVE, words="tick"),
    base=Base.SQLITE,
    wire=Wire.TEXTS,
)
"""Where the durable mark is taken away on purpose."""

T = TypeVar("T")
Line = tuple[bool, str]
"""Whether it is as it should be, and what it says."""


@dataclass(frozen=True, slots=True)
class Rig:
    """What every part works with."""

    ground: Ground
    crew: Crew
    server: Server
    seconds: float
    seed: int
    every: bool = False

    def by_hand(self, work: Callable[[Commands], T]) -> T:
        """Do one thing with one pair of hands."""
        (done,) = self.crew.do(lambda work, hands: work(hands), [work])
        return done

    def in_world(self, base: Base, wire: Wire, work: Callable[[World], T], ground: Ground | None = None) -> T:
        """Do one thing in a live world."""

        def one(hands: Commands) -> T:
            with (ground or self.ground).world(base, wire, hands) as world:
                return work(world)

        return self.by_hand(one)


def of_matrix(rig: Rig) -> Iterator[Line]:
    """Kill at every failpoint, for each connector, on each database."""
    found = failpoints.read_package().failpoints
    rehearsals = matrix.rehearse_all(rig.ground, SCENES, rig.crew)
    of_its_own = demo.its_own(found)
    for name in sorted(matrix.unreached(found, rehearsals) - {*of_its_own}):
        yield False, f"no scene reaches {name}"
    for name in sorted(matrix.strange(found, rehearsals)):
        yield False, f"{name} is passed, and was not found in the code"
    cells = matrix.cells_of(rehearsals, every=rig.every)
    yield True, f"{len(rehearsals)} scenes rehearsed; {len(found)} failpoints, {len(cells)} kills to make"
    verdicts: list[tuple[matrix.Cell, Verdict]] = []
    for cell, verdict in matrix.play_all(rig.ground, cells, rehearsals, rig.crew):
        verdicts.append((cell, verdict))
        if not verdict.holds:
            where = f"{cell.failpoint}@{cell.nth} in {cell.scene.name}, {cell.base} {cell.wire}"
            yield False, f"{where}: {verdict.told}"
        if len(verdicts) % TOLD == 0:
            yield True, f"… {len(verdicts)} of {len(cells)}"
    yield True, matrix.table(verdicts)
    ends = rig.crew.do(lambda name, hands: demo.kill_demo(rig.ground, name, hands), of_its_own)
    for name, trouble in zip(of_its_own, ends, strict=True):
        yield not trouble, f"{name} in the demo: {trouble or 'its workspace is whole'}"
    total = sum((verdict for _, verdict in verdicts), Verdict())
    yield total.holds, f"{len(found)} failpoints, {len(cells)} kills: {total.told}"
    reference = rehearsals[MARKED.scene, Wire.OUTBOX]
    marked = rig.by_hand(lambda hands: matrix.judge(rig.ground, MARKED, reference, hands, forgetful=True))
    yield marked.doubled > 0, f"its own check, the durable mark taken away: {marked.doubled} doubled"


def of_races(rig: Rig) -> Iterator[Line]:
    """Let several senders loose on one ledger."""
    kinds = {"ticks, without a lock": races.ticks, "daemons, with it": races.daemons, "naive senders": races.naive}
    for base, senders, (name, race) in product(Base, (2, 4), kinds.items()):
        ended = rig.in_world(base, Wire.TEXTS, partial(race, senders=senders, rows=ROWS))
        is_right = ended.doubled > 0 if race is races.naive else ended.is_clean
        yield is_right, f"{base}: {senders} {name}, {ROWS} rows: {ended.arrived} arrived, {ended.doubled} doubled"


def of_disasters(rig: Rig) -> Iterator[Line]:
    """Kill in the middle, break disks and fill them, stop the server."""
    killed = partial(disasters.killed_midway, rows=MAILS, kills=3)
    for base in Base:
        yield _told(f"{base} smtp, killed three times in {MAILS} mails", partial(rig.in_world, base, Wire.SMTP, killed))
    for call, nth in FAILING:
        failing = partial(disasters.failing_calls, rows=60, call=call, nth=nth)
        what = f"SQLite texts, {disasters.SYSTEM_CALLS[call]} at {call} number {nth}"
        yield _told(what, partial(rig.in_world, Base.SQLITE, Wire.TEXTS, failing))
    yield _told("SQLite texts, a full disk", partial(_on_a_small_disk, rig))
    restarted = partial(disasters.restarted_server, server=rig.server, rows=ROWS, times=3)
    for wire in (Wire.SMTP, Wire.TEXTS):
        what = f"PostgreSQL {wire}, the server stopped at once three times"
        yield _told(what, partial(rig.in_world, Base.POSTGRESQL, wire, restarted))


def _on_a_small_disk(rig: Rig) -> Verdict:
    with tempfile.TemporaryDirectory() as folder, disasters.small_disk(Path(folder) / "disk", DISK) as disk:
        full = partial(disasters.full_disk, rows=400)
        return rig.in_world(Base.SQLITE, Wire.TEXTS, full, Ground(disk))


def _told(what: str, work: Callable[[], Verdict]) -> Line:
    try:
        verdict = work()
    except disasters.UnavailableError as error:
        return True, f"{what}: left out, {error}"
    return verdict.holds, f"{what}: {verdict.told}"


def of_jumps(rig: Rig) -> Iterator[Line]:
    """Let clocks jump."""
    for base in Base:
        landing: Landing = rig.in_world(base, Wire.TEXTS, partial(jumps, by=JUMPS, rows=20))
        is_right = landing.verdict.holds and landing.noticed == len(JUMPS) and not landing.code
        yield is_right, f"{base}: {len(JUMPS)} jumps, {landing.noticed} noticed: {landing.verdict.told}"


def of_stories(rig: Rig) -> Iterator[Line]:
    """Tell stories in any order against a model."""

    def told(place: tuple[Base, Wire], hands: Commands) -> str:
        try:
            tell(partial(rig.ground.world, *place, hands), STORIES, STEPS)
        except AssertionError as error:
            return str(error) or "it differs from the model"
        return ""

    places = list(product(Base, Wire))
    for (base, wire), trouble in zip(places, rig.crew.do(told, places), strict=True):
        stories = f"{base} {wire}: {STORIES} stories of up to {STEPS} steps"
        yield not trouble, f"{stories}: {trouble or 'as the model says'}"


def of_account(rig: Rig) -> Iterator[Line]:
    """Let chaos reign for a while."""
    yield from rig.by_hand(lambda hands: list(account.chaos(rig.ground, hands, rig.server, rig.seconds, rig.seed)))


PARTS: Mapping[str, Callable[[Rig], Iterator[Line]]] = MappingProxyType(
    {
        "matrix": of_matrix,
        "races": of_races,
        "disasters": of_disasters,
        "jumps": of_jumps,
        "stories": of_stories,
        "account": of_account,
    }
)


def main() -> int:
    """Play the parts that are named, or all, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all without")
    parser.add_argument("--seconds", type=float, default=300, help="how long the chaos of the account lasts")
    parser.add_argument("--seed", type=int, default=1, help="which story it is")
    parser.add_argument(
        "--every", action="store_true", help="the matrix with each connector, wherever it may not matter"
    )
    parser.add_argument("--hands", type=int, default=os.cpu_count() or 1, help="commands at a time")
    asked = parser.parse_args()
    failed = 0
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that nothing is left running
    with (
        tempfile.TemporaryDirectory(prefix="rig", ignore_cleanup_errors=True) as name,
        postgresql() as server,
        ExitStack() as stack,
    ):
        folder = Path(name)
        hands = stack.enter_context(crew(folder / "crew", asked.hands))
        rig = Rig(Ground(folder / "worlds", server.url), hands, server, asked.seconds, asked.seed, asked.every)
        for part in asked.parts or PARTS:
            began = monotonic()
            for is_right, text in PARTS[part](rig):
                failed += not is_right
                say(text if is_right else f"FAILED  {text}")
            say(f"== {part}: {monotonic() - began:.0f} s")
    say(f"== {failed} failed" if failed else "== every promise was kept")
    return 1 if failed else 0


def say(text: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
