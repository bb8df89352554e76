"""Every hook is documented, signature for signature."""

import inspect
from pathlib import Path

import pytest

from convener import hookspecs


@pytest.mark.checkout
def test_every_hook_is_documented(root: Path) -> None:
    """The reference shows each hook with its exact arguments."""
    pages = "\n".join(path.read_text(encoding="utf-8") for path in (root / "docs").rglob("*.md"))
    hooks = [hook for name, hook in vars(hookspecs).items() if name.startswith("convener_")]
    shown = [f"{hook.__name__}({', '.join(inspect.signature(hook).parameters)})" for hook in hooks]

    assert [] == [line for line in shown if line not in pages]


@pytest.mark.checkout
def test_only_the_facade_calls_hooks(root: Path, modules: list[Path]) -> None:
    """Nobody but the facade of the registry touches `.hook.`."""
    callers = [str(path.relative_to(root)) for path in modules if ".hook." in path.read_text(encoding="utf-8")]

    assert set(callers) <= {"core/convener/registry/facade.py"}
