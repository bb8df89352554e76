"""What runs in the child."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from convener.registry.isolation.child import resident

pytestmark = pytest.mark.integration

PARENT = """
import importlib, sys
from functools import partial
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from convener.registry.isolation import Isolated, Recipe
from convener.testing import a_mail
kind = importlib.import_module(sys.argv[1]).Obedient
served = Isolated(Recipe(name="x", make=partial(kind, kind.settings(), Path(sys.argv[2])), deadline=60.0))
print(served.send(a_mail(text="work")), flush=True)
if sys.argv[3]:
    served.send(a_mail(text=sys.argv[3]))
sys.stdin.read()
"""


@pytest.mark.parametrize("busy", ["", "hang"])
def test_a_child_ends_with_its_parent(
    obedient: Any, tmp_path: Path, soon: Any, gone: Callable[[int], bool], busy: str
) -> None:
    """Fault 1: a parent that is killed leaves nobody behind who could still send, idle or amid a call."""
    command = [sys.executable, "-c", PARENT, obedient.__module__, str(tmp_path), busy]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        if busy:
            assert soon((tmp_path / "hanging").exists)
        assert not gone(child)
        os.kill(parent.pid, signal.SIGKILL)
        parent.wait()

        assert soon(lambda: gone(child))


def test_the_system_ends_what_holds_every_lock() -> None:
    """Fault 19: a search that never lets another thread run is ended at its limit, parent or not."""
    stuck = "from convener.registry.isolation.child import _limit as limit; import re; limit(0.5); "
    run = subprocess.run([sys.executable, "-c", stuck + "re.match('(a+)+$', 'a' * 60 + 'b')"], check=False)

    assert -signal.SIGALRM == run.returncode


def test_its_memory_is_known() -> None:
    """This process holds more than a megabyte and less than all there is."""
    assert 2**20 < resident() < 2**40
