"""`convener daemon`."""

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import pytest


def started(workspace: Path) -> subprocess.Popen[str]:
    """Start a daemon on *workspace* in a process of its own."""
    words = [sys.executable, "-c", "from convener.cli import main; main()", "-w", str(workspace), "daemon"]
    return subprocess.Popen(words, stderr=subprocess.PIPE, text=True)


def heard(stream: IO[str] | None, word: str) -> str:
    """Return the first line of *stream* that has *word* in it, empty when it ends before."""
    return next((line for line in stream or () if word in line), "")


def test_it_lives_in_the_present(convener: Callable[..., Any], workspace: Path) -> None:
    """A pretended moment makes no sense for something that waits."""
    done = convener("-w", workspace, "daemon", "--at", "2027-01-01")

    assert (2, True) == (done.code, "lives in the present" in done.err)


@pytest.mark.integration
def test_a_second_one_exits_75_and_the_first_drains(workspace: Path) -> None:
    """One daemon a workspace; SIGTERM ends it cleanly."""
    first = started(workspace)
    began = heard(first.stderr, "daemon.started")
    second = started(workspace)
    _, refused = second.communicate(timeout=60)
    first.send_signal(signal.SIGTERM)
    _, rest = first.communicate(timeout=60)

    assert (True, 75, 0) == (bool(began), second.returncode, first.returncode)
    assert "another daemon works on this workspace" in refused
    assert "daemon.stopped" in rest
