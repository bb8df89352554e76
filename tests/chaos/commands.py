"""Real `convener` commands, each a process of its own, forked from one that has read the code already.

Reading the code takes a second and a half, a fork ten milliseconds; the matrix kills a thousand processes. Run as a
script this is the nursery: it takes one command a line from its input and answers with the exit code. What a killed
command has started is killed with it, as by a power cut.
"""

import gc
import json
import os
import selectors
import signal
import sys
import tempfile
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from subprocess import DEVNULL, PIPE, Popen
from typing import TypeVar

from tests.chaos.clocks import FakeClock
from tests.chaos.example import FIRST_TICK
from tests.chaos.warming import warm

from convener.cli import main

KILLED = -signal.SIGKILL
TURN = 0.05
LIMIT = 600
"""Seconds after which a command that hangs is ended."""
ROOT = Path(__file__).parents[2]
PLUGIN = Path(__file__).parent / "plugin"


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended."""

    code: int
    """Its exit code; `KILLED` when it was killed."""
    said: str
    """Its output and its errors."""


class Commands:
    """The nursery, from outside. One command at a time; each thread has its own."""

    def __init__(self, process: Popen[str], said: Path) -> None:
        self._process = process
        self._said = said

    def run(
        self,
        workspace: Path,
        *arguments: str,
        environ: Mapping[str, str] | None = None,
        until: Callable[[], bool] | None = None,
    ) -> Ended:
        """Run `convener ARGUMENTS` on *workspace* and wait for its end; tell it to stop once *until* is true."""
        order = {"argv": ["-w", str(workspace), *arguments], "env": dict(environ or {}), "out": str(self._said)}
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        number = int(self._process.stdout.readline())
        if until is not None:
            self._stop(number, until)
        return Ended(int(self._process.stdout.readline()), self._said.read_text(encoding="utf-8", errors="replace"))

    def _stop(self, number: int, until: Callable[[], bool]) -> None:
        """Tell the running command to stop once *until* is true, unless it ends before."""
        assert self._process.stdout is not None
        ended = selectors.DefaultSelector()
        ended.register(self._process.stdout, selectors.EVENT_READ)
        while not ended.select(timeout=TURN):
            if until():
                os.kill(number, signal.SIGTERM)
                return


@contextmanager
def commands(folder: Path) -> Generator[Commands]:
    """Start a nursery that knows the rig's plugin, which is laid out as installed below *folder*.

    Its clock begins at the first tick of the example, so that daemons can live then.
    """
    folder.mkdir(parents=True, exist_ok=True)
    process = Popen(
        [sys.executable, "-m", "tests.chaos.commands"],
        stdin=PIPE,
        stdout=PIPE,
        text=True,
        cwd=ROOT,
        env=environment(folder, **FakeClock.showing(folder / "clock", FIRST_TICK).environment()),
    )
    try:
        yield Commands(process, folder / "said")
    finally:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.close()
        process.wait(timeout=LIMIT)
        process.stdout.close()


T = TypeVar("T")
R = TypeVar("R")


class Crew:
    """Several nurseries at work at once."""

    def __init__(self, hands: Sequence[Commands]) -> None:
        self._size = len(hands)
        self._free: SimpleQueue[Commands] = SimpleQueue()
        for each in hands:
            self._free.put(each)

    def do(self, work: Callable[[T, Commands], R], things: Iterable[T]) -> Iterator[R]:
        """Yield `work(thing, commands)` of every thing, in their order, as they come."""

        def one(thing: T) -> R:
            hands = self._free.get()
            try:
                return work(thing, hands)
            finally:
                self._free.put(hands)

        with ThreadPoolExecutor(self._size) as pool:
            yield from pool.map(one, things)


@contextmanager
def crew(folder: Path, size: int) -> Generator[Crew]:
    """Start so many nurseries."""
    with ExitStack() as stack:
        yield Crew([stack.enter_context(commands(folder / f"hands{number}")) for number in range(size)])


@contextmanager
def started(workspace: Path, *arguments: str, before: Sequence[str] = (), **environ: str) -> Generator[Popen[bytes]]:
    """Start `convener ARGUMENTS` on *workspace*, with all that a person's shell would do, and do not wait for it.

    It runs in a session of its own, which is killed in the end. *before* is what runs it, such as strace.
    """
    command = [*before, str(Path(sys.executable).with_name("convener")), "-w", str(workspace), *arguments]
    with (workspace / "said").open("ab") as said:
        process = Popen(
            command,
            stdin=DEVNULL,
            stdout=said,
            stderr=said,
            env=environment(workspace, **environ),
            start_new_session=True,
        )
    try:
        yield process
    finally:
        kill(process)


def kill(process: Popen[bytes]) -> None:
    """Kill a process and all that it has started, as a power cut would."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(LIMIT)


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Return the environment of a command: this one's, without settings of ours, and with the rig's plugin."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CONVENER_")}
    paths = (str(install(folder)), str(PLUGIN), os.environ.get("PYTHONPATH", ""))
    return kept | {"PYTHONPATH": os.pathsep.join(filter(None, paths)), "PYTHONHASHSEED": "0", "NO_COLOR": "1"} | more


def install(folder: Path) -> Path:
    """Write the metadata by which the rig's plugin is found, and return where."""
    info = folder / "site" / "convener_rig-1.dist-info"
    info.mkdir(parents=True, exist_ok=True)
    (info / "METADATA").write_text("Metadata-Version: 2.4\nName: convener-rig\nVersion: 1\n", encoding="utf-8")
    points = "[convener.plugins]\nrig-sheet = convener_rig\nrig-texts = convener_rig\n"
    (info / "entry_points.txt").write_text(points, encoding="utf-8")
    return info.parent


def _nurse(orders: Iterator[str]) -> None:
    """Run every command that is ordered, one after the other."""
    with tempfile.TemporaryDirectory() as folder:
        warm(Path(folder) / "example")
    gc.collect()
    gc.freeze()  # what has been read is nobody's rubbish: no fork walks through it again
    for order in map(json.loads, orders):
        _answer(_run(order["argv"], order["env"], order["out"]))


def _answer(number: int) -> None:
    """Answer with the process number of a command, and then with its exit code."""
    os.write(1, f"{number}\n".encode())


def _run(argv: Sequence[str], environ: Mapping[str, str], said: str) -> int:
    """Fork, run one command and return its exit code; nothing it started lives on."""
    child = os.fork()
    if not child:
        _become(argv, environ, said)
    _answer(child)
    _, status = os.waitpid(child, 0)
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(status)


def _become(argv: Sequence[str], environ: Mapping[str, str], said: str) -> None:
    """Be the command, and end with its exit code."""
    os.setsid()
    signal.alarm(LIMIT)
    os.environ.update(environ)
    out = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(out, 1)
    os.dup2(out, 2)
    code = 1
    try:
        sys.argv = ["convener", *argv]
        main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    _nurse(iter(sys.stdin.readline, ""))
