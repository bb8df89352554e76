"""What the tests of the house share: where it stands, and its files."""

import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def root() -> Path:
    """Return the folder of the repository."""
    return Path(__file__).parents[2]


@pytest.fixture
def project(root: Path) -> dict[str, Any]:
    """Return pyproject.toml."""
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture
def modules(root: Path) -> list[Path]:
    """Return every module of the core and the plugins, migrations aside: those are records, not rooms."""
    found = [*(root / "core").rglob("*.py"), *(root / "plugins").rglob("*.py")]
    return sorted(path for path in found if "migrations" not in path.parts)


@pytest.fixture
def fresh() -> Callable[[str], str]:
    """Return what runs a script in a fresh interpreter and returns what it printed."""

    def run(script: str) -> str:
        done = subprocess.run([sys.executable, "-B", "-c", script], capture_output=True, text=True, check=False)

        assert (0, "") == (done.returncode, done.stderr)
        return done.stdout

    return run
