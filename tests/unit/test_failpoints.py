"""Places at which a process may be made to kill itself."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = """\
from convener.failpoints import failpoint
for name in ("a", "b", "a", "b"):
    failpoint(name)
"""


def play(tmp_path: Path, **variables: str) -> tuple[int, list[str]]:
    """Run the script with *variables* and return its exit code and what it passed."""
    journal = tmp_path / "journal"
    environ = {"CONVENER_FAILPOINT_JOURNAL": str(journal)} | variables
    done = subprocess.run([sys.executable, "-c", SCRIPT], env=environ, capture_output=True, check=False)
    return done.returncode, journal.read_text().split()


@pytest.mark.parametrize(
    ("wanted", "passed"), [("a", ["a"]), ("b", ["a", "b"]), ("a@2", ["a", "b", "a"]), ("b@2", ["a", "b", "a", "b"])]
)
def test_a_process_dies_where_it_is_asked_to(tmp_path: Path, wanted: str, passed: list[str]) -> None:
    """It is killed at the name, the nth time it gets there, as a power cut would (N5, fault 1)."""
    assert (-signal.SIGKILL, passed) == play(tmp_path, CONVENER_FAILPOINT=wanted)


def test_a_process_lives_when_the_place_is_never_reached(tmp_path: Path) -> None:
    """A name that is passed too seldom, or never, does nothing."""
    assert (0, ["a", "b", "a", "b"]) == play(tmp_path, CONVENER_FAILPOINT="a@3")
