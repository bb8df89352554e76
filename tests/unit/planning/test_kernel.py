"""Inner loops, compiled or not."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from convener.planning.kernel import MODULUS, chance, ints

PLAY = """
from convener.planning.kernel import COMPILED, chance, ints
state = ints([42])
print([chance(state, below) for below in (2, 10, 1000, 2**20) for _ in range(5)])
assert COMPILED is {compiled}
"""


@pytest.mark.parametrize("off", ["0", "1"])
def test_chance_is_the_same_compiled_or_not(off: str) -> None:
    """R8: the machine's libraries do not decide who sits with whom."""
    state = ints([42])
    expected = [chance(state, below) for below in (2, 10, 1000, 2**20) for _ in range(5)]

    play = PLAY.format(compiled=off == "0")
    done = subprocess.run(
        [sys.executable, "-c", play], env={**os.environ, "NUMBA_DISABLE_JIT": off}, check=True, capture_output=True
    )

    assert str(expected) == done.stdout.decode().strip()


def test_chance_is_spread_evenly_and_stays_below() -> None:
    """R8: no pod is luckier than another."""
    state = ints([MODULUS - 1])
    counts = [0] * 6
    for _ in range(6_000):
        counts[chance(state, 6)] += 1

    assert 900 < min(counts) <= max(counts) < 1_100


def test_sequences_are_flat_and_of_one_type() -> None:
    """R8: kernels take numbers in one row, whatever their shape was."""
    assert [1, 2, 3, 4] == list(ints([[1, 2], [3, 4]]))


KEEP = """
from convener.planning.kernel import chance, ints, keep_compiled
keep_compiled()
print(chance(ints([42]), 10))
"""


@pytest.mark.parametrize("writable", [True, False])
def test_what_is_compiled_is_kept_where_it_can_be(tmp_path: Path, writable: bool) -> None:
    """N6: the compiler runs once a machine; where nothing can be written a search runs all the same."""
    home = tmp_path / "cache" if writable else tmp_path / "file"
    if not writable:
        home.write_text("no folder", encoding="utf-8")

    env = {**os.environ, "XDG_CACHE_HOME": str(home), "NUMBA_DISABLE_JIT": "0"}
    done = subprocess.run([sys.executable, "-c", KEEP], env=env, check=True, capture_output=True)

    assert done.stdout.strip().isdigit()
    assert writable == bool(list(tmp_path.glob("cache/convener/kernels-*/*/*.nbi")))
