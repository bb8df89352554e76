"""Inner loops, compiled where numba is installed: the same source runs as plain Python, and takes the same steps.

A kernel is a function over numbers, flat sequences and named tuples of them, called from other kernels only by
name. Compiled it gets numpy arrays, as plain Python it gets lists, which plain Python reads several times faster.
Chance is `chance`: 31-bit arithmetic that gives the same numbers either way.
"""

import hashlib
import importlib
import importlib.util
import os
from collections.abc import Callable, MutableSequence
from pathlib import Path
from typing import Any, TypeVar, cast

import numpy as np

_numba: Any = importlib.import_module("numba") if importlib.util.find_spec("numba") else None
COMPILED: bool = _numba is not None and not _numba.config.DISABLE_JIT
"""Whether kernels are compiled: numba is installed, and `NUMBA_DISABLE_JIT=1` does not say no."""
Function = TypeVar("Function", bound=Callable[..., Any])
Ints = MutableSequence[int]
"""Flat whole numbers: a list, or an int64 array when compiled."""
MODULUS = 2_147_483_647
FACTOR = 48_271


_new: list[Any] = []
"""Kernels not kept between runs yet."""


def keep_compiled() -> None:
    """Keep from now on between runs what is compiled of the kernels known so far; before the first call of any.

    The folder is named after the sources of all kernels: numba itself does not see that a kernel calls another one
    that has changed. Where nothing can be written, every run compiles anew.
    """
    if not _new:
        return
    sources = sorted(path for path in Path(__file__).parent.rglob("*.py") if b"kernel\n" in path.read_bytes())
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()
    try:
        shelf = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "convener" / f"kernels-{digest[:16]}"
        shelf.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError):  # nobody's home, or one that cannot be written to
        return
    if os.access(shelf, os.W_OK):
        _numba.config.CACHE_DIR = str(shelf)
        while _new:
            _new.pop().enable_caching()


def kernel(function: Function) -> Function:
    """Compile *function* at its first call where numba is installed; it lets other threads run meanwhile."""
    return _compiled(function, counting=True)


def scalar_kernel(function: Function) -> Function:
    """Compile like `kernel` what reads and writes single numbers only, and neither makes nor slices sequences.

    Then nothing needs numba's counting of references, for which two threads would wait for each other.
    """
    return _compiled(function, counting=False)


def _compiled(function: Function, *, counting: bool) -> Function:
    if not COMPILED:
        return function
    _new.append(_numba.njit(nogil=True, _nrt=counting)(function))
    return cast("Function", _new[-1])


def ints(values: Any) -> Ints:
    """Return whole numbers, of any shape, as kernels take them: flat."""
    flat = np.ascontiguousarray(values, dtype=np.int64).ravel()
    return cast("Ints", flat if COMPILED else flat.tolist())


@scalar_kernel
def chance(state: Ints, below: int) -> int:
    """Return a number from 0 to *below* - 1 and move *state*, one number from 1 to `MODULUS` - 1, on.

    Lehmer's generator with the factor of Park, Miller and Stockmeyer (Communications of the ACM 36/7, 1993).
    """
    state[0] = state[0] * FACTOR % MODULUS
    return (state[0] * below) // MODULUS
