"""Disks that fail or fill up, servers that stop, and a kill in the middle of thousands of mails.

After each the same commands are given again, as a person or the daemon would, until nothing waits; then the wire and
the ledger are counted. `UnavailableError` means that this machine does not let us: no strace, no right to mount.
"""

import shutil
import subprocess
import threading
from collections.abc import Collection, Generator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

from tests.chaos.commands import LIMIT, kill, started
from tests.chaos.races import DUE
from tests.chaos.servers import Server
from tests.chaos.verdicts import Deaths, Verdict
from tests.chaos.world import World

from convener.model import DispatchState

ROUND = timedelta(minutes=10)
"""How much later the next attempt is made: every lease has ended."""
PAUSE = 2.0
"""Seconds for which a disk stays full."""
ROUNDS = 20
"""How often, each time half as long again: past the end of every ladder."""
WAITING = frozenset({DispatchState.READY, DispatchState.SENDING, DispatchState.RETRY})
SYSTEM_CALLS = {"fdatasync": "EIO", "pwrite64": "ENOSPC"}
"""What goes wrong at which system call."""


class UnavailableError(Exception):
    """This machine does not let us do that."""


def drain(world: World, since: datetime) -> datetime:
    """Let time pass, tick by tick and in growing steps, until nothing waits any more; return when that was."""
    moment = since
    for step in range(ROUNDS):
        moment += ROUND * 1.5**step
        world.convene("tick", at=moment)
        if not WAITING & set(world.states().values()):
            break
    return moment


def account(world: World, deaths: Deaths, unanswered: Collection[str] = ()) -> Verdict:
    """Count what lies on the wire beside what the ledger was given; of some the other side never gave an answer."""
    world.journal.settle()
    arrived, states = world.arrivals(), world.states()
    doubted = {name for name, state in states.items() if state is DispatchState.IN_DOUBT}
    repeats = sum(arrived.values()) - len(arrived)
    allowed = deaths.repeatable + len(unanswered) if world.wire.repeats else 0
    return Verdict(
        planned=len(states),
        lost=len(states.keys() - arrived.keys() - doubted),
        doubled=max(0, repeats - allowed),
        in_doubt=len(doubted),
        expected=len(deaths.on_wire.union(unanswered)) if world.wire.asks else 0,
        repeats=min(repeats, allowed),
        wrong=tuple(
            f"{state} after all" for state in set(states.values()) - {DispatchState.SENT, DispatchState.IN_DOUBT}
        ),
    )


def killed_midway(world: World, rows: int, *, kills: int = 1) -> Verdict:
    """Kill a tick in the middle of so many mails, so many times, and go on."""
    world.add(range(rows), due=DUE)
    deaths, moment = Deaths(), DUE
    for number in range(kills):
        moment += ROUND
        with started(world.folder, "--at", moment.isoformat(), "tick") as running:
            world.journal.wait_for((number + 1) * rows // (kills + 1), patience=LIMIT)
            kill(running)
        deaths.note(world)
    drain(world, moment)
    return account(world, deaths)


def failing_calls(world: World, rows: int, call: str, nth: int) -> Verdict:
    """Let the *nth* system call of a kind fail in a tick, as a broken or a full disk does, and go on."""
    strace = shutil.which("strace")
    if strace is None:
        raise UnavailableError("there is no strace")
    world.add(range(rows), due=DUE)
    inject = f"inject={call}:error={SYSTEM_CALLS[call]}:when={nth}"
    before = (
        strace,
        "-f",
        "-qq",
        "--seccomp-bpf",
        "-o",
        str(world.folder / "strace"),
        "-e",
        f"trace={call}",
        "-e",
        inject,
    )
    with started(world.folder, "--at", (DUE + ROUND).isoformat(), "tick", before=before) as running:
        running.wait(LIMIT)
    trace = (world.folder / "strace").read_text(encoding="utf-8", errors="replace")
    if "ptrace" in trace or not trace:
        raise UnavailableError("strace may not trace here")
    deaths = Deaths()
    deaths.note(world)
    drain(world, DUE + ROUND)
    return account(world, deaths)


@contextmanager
def small_disk(folder: Path, size: str) -> Generator[Path]:
    """Mount a disk of that size below *folder*."""
    folder.mkdir(parents=True)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    if mounted.returncode:
        raise UnavailableError("nothing may be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def full_disk(world: World, rows: int) -> Verdict:
    """Fill the disk under the database, at first before a tick and then while it delivers, and go on."""
    world.add(range(rows), due=DUE)
    with filled(world):
        world.convene("tick", at=DUE + ROUND)
    with started(world.folder, "--at", (DUE + ROUND).isoformat(), "tick") as running:
        world.journal.wait_for(rows // 4, patience=LIMIT)
        with filled(world):
            threading.Event().wait(PAUSE)
        running.wait(LIMIT)
    deaths = Deaths()
    deaths.note(world)
    drain(world, DUE + ROUND)
    return account(world, deaths)


@contextmanager
def filled(world: World) -> Generator[None]:
    """Let nothing more fit on the disk of *world*."""
    ballast = world.folder / "var" / "ballast"
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(bytes(4096)):
            pass
    try:
        yield
    finally:
        ballast.unlink()


def restarted_server(world: World, server: Server, rows: int, *, times: int = 2) -> Verdict:
    """Stop PostgreSQL at once under a daemon that delivers, and start it again, so many times."""
    world.add(range(rows), due=DUE)
    with started(world.folder, "daemon") as daemon:
        for number in range(times):
            world.journal.wait_for((number + 1) * rows // (times + 1), patience=LIMIT)
            server.stop()
            server.start()
        world.journal.wait_for(rows, patience=LIMIT)
        daemon.terminate()
        daemon.wait(LIMIT)
    deaths = Deaths()
    deaths.note(world)
    drain(world, DUE)
    return account(world, deaths)
