"""Signals, in a process of their own: this one has those of the test run."""

import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

pytestmark = pytest.mark.integration
CHILD = """
import sys, threading
from convener.daemon.signals import Signals

signals = Signals()
print("caught", flush=True)
sys.stdin.readline()
over = threading.Event()

def tell(word):
    print(word, flush=True)

def end():
    tell("end")
    over.set() if signals.ended else None

signals.hand_to(end=end, nudge=lambda: tell("nudge"))
over.wait(60)
"""


@pytest.fixture
def child() -> Iterator["subprocess.Popen[str]"]:
    """Start a process that catches signals at once, and hears them once it is sent a line."""
    words = [sys.executable, "-c", CHILD]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "caught\n"
        yield process
        process.kill()


def test_what_comes_before_anybody_listens_is_kept(child: "subprocess.Popen[str]") -> None:
    """A reload while the daemon is being loaded neither kills it nor is lost."""
    for number in (signal.SIGHUP, signal.SIGTERM):
        child.send_signal(number)
    out, _ = child.communicate("listen\n")

    assert ["end"] == out.split()[-1:]
    assert 0 == child.returncode


def test_each_end_is_heard_and_a_nudge_is_none(child: "subprocess.Popen[str]") -> None:
    """The first SIGTERM lets it finish, the second says that nobody waits for that."""
    assert child.stdin
    assert child.stdout
    child.stdin.write("listen\n")
    child.stdin.flush()
    heard = []
    for number in (signal.SIGHUP, signal.SIGINT):
        child.send_signal(number)
        heard.append(child.stdout.readline().strip())

    assert ["nudge", "end"] == heard


def test_an_end_is_heard_in_a_storm_of_nudges(child: "subprocess.Popen[str]") -> None:
    """Also when there is no room for its own byte any more."""
    for _ in range(5000):
        child.send_signal(signal.SIGHUP)
    child.send_signal(signal.SIGTERM)
    out, _ = child.communicate("listen\n")

    assert "end" in out.split()
    assert 0 == child.returncode
