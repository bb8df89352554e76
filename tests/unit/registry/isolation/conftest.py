"""A stranger's connector that does what a message tells it, in a module that its children can import."""

import importlib
import itertools
import os
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from convener.registry.isolation import Isolated, Recipe

SOURCE = '''
import os, signal, sys, time
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from convener import *

@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """None."""

class Full(PermanentError):
    def __init__(self, code):
        super().__init__(f"box {code}", dead=True)

class Obedient:
    plugin, settings, settlement, deadline = "obedient", Settings, Settlement.LOOKUP, 30.0

    def __init__(self, settings, workspace):
        self.workspace = workspace
        self.kept = []
        if (workspace / "broken").exists():
            raise LookupError("ana@northern.example")

    def send(self, parcel):
        word, _, rest = parcel.text.partition(" ")
        return str(getattr(self, word)(rest) or os.getpid())

    def work(self, rest):
        pass

    def hang(self, rest):
        (self.workspace / "hanging").write_text(str(os.getpid()))
        while True:
            pass

    def leave(self, rest):
        os._exit(3)

    def talk(self, rest):
        print("ana@northern.example")
        print("ana@northern.example", file=sys.stderr)
        os.write(1, b"ana@northern.example")
        os.write(2, b"ana@northern.example")

    def pile(self, rest):
        self.kept.append("x" * int(rest))

    def grab(self, rest):
        bytearray(int(rest))

    def later(self, rest):
        raise RetryError("no room", retry_after=60, delay=Delay.FULL)

    def refuse(self, rest):
        raise Full(7)

    def fail(self, rest):
        raise KeyError("ana@northern.example")

    def lack(self, rest):
        import nobody_has_this

    def meet(self, rest):
        (self.workspace / f"here-{os.getpid()}").touch()
        end = time.monotonic() + 20
        while len(list(self.workspace.glob("here-*"))) < int(rest) and time.monotonic() < end:
            time.sleep(0.01)
        return len(list(self.workspace.glob("here-*")))

    def variables(self, rest):
        return ",".join(name for name in os.environ if name.startswith("CONVENER_FAILPOINT")) or "none"

    def arrived(self, message_id):
        return message_id == "<there@x>"

    def publish(self, publication):
        return f"shelf {publication.name} {len(publication.files)}"

    def read_roster(self, path):
        if path == "rubbish":
            return lambda: None
        if path == "nested":
            return Table(source=path, header=("a",), rows=(TableRow(line=2, values={"a": lambda: None}),))
        raise DataError(f"{path}: no such file")

    def read_coaches(self):
        return Table(source="x", header=("a",), rows=(TableRow(line=2, values=MappingProxyType({"a": "1"})),))

    def read_availability(self, client, programme):
        return None
'''
"""The first word of a message names the method that is called with the rest."""
NUMBERS = itertools.count()


@pytest.fixture
def obedient(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return the class, from a module of its own."""
    module = f"stranger_obedient_{os.getpid()}_{next(NUMBERS)}"
    (tmp_path / f"{module}.py").write_text(SOURCE, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    return importlib.import_module(module).Obedient


@pytest.fixture
def recipe(obedient: Any, tmp_path: Path) -> Callable[..., Recipe]:
    """Write down how a child makes one."""

    def write(**changes: Any) -> Recipe:
        return Recipe(
            **{"name": "x", "make": partial(obedient, obedient.settings(), tmp_path), "deadline": 30.0} | changes
        )

    return write


@pytest.fixture
def isolated(recipe: Callable[..., Recipe]) -> Iterator[Callable[..., Isolated]]:
    """Make isolated connectors, whose children end with the test."""
    made: list[Isolated] = []

    def make(**changes: Any) -> Isolated:
        made.append(Isolated(recipe(**changes)))
        return made[-1]

    yield make
    for each in made:
        each.close()


@pytest.fixture
def soon() -> Callable[[Callable[[], object]], bool]:
    """Wait until something is so, generously."""

    def wait(so: Callable[[], object]) -> bool:
        end = time.monotonic() + 30
        while not so() and time.monotonic() < end:
            time.sleep(0.01)  # noqa: TID251 - waits for another process
        return bool(so())

    return wait


@pytest.fixture
def gone() -> Callable[[int], bool]:
    """Tell whether a process has ended, also one that nobody has waited for."""

    def ended(process: int) -> bool:
        about = Path(f"/proc/{process}")
        try:
            state = (about / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
            return state == "Z" and len(list((about / "task").iterdir())) == 1  # the last of its threads is gone too
        except (FileNotFoundError, ProcessLookupError):
            return True

    return ended
