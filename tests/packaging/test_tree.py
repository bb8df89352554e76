"""The tree can be read: one noun a module, tests that mirror it, a ceiling for sizes."""

import ast
from pathlib import Path

import pytest

pytestmark = pytest.mark.checkout

DRAWERS = {"utils", "util", "helpers", "common", "misc", "base", "manager", "lib", "shared", "stuff"}
LONGEST_MODULE = 300
LONGEST_FUNCTION = 40
UNMIRRORED = {
    "core/convener/ports.py",  # protocols; the contract suites of convener.testing are their tests
    "core/convener/hookspecs.py",  # one hook; test_hooks.py looks at it
}


def mirror(root: Path, module: Path) -> Path:
    """Return the test module that answers *module*."""
    inside = module.relative_to(root)
    if inside.parts[0] == "core":
        return root.joinpath("tests", "unit", *inside.parts[2:-1], f"test_{module.name}")
    plugin = inside.parts[1].removeprefix("convener_")
    return root.joinpath("tests", "plugins", plugin, *inside.parts[2:-1], f"test_{module.name}")


def own_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return how many lines *function* has, its docstring aside."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is None:
        return lines
    return lines - ((first.end_lineno or first.lineno) - first.lineno + 1)


def test_no_drawers(root: Path, modules: list[Path]) -> None:
    """Every module is named for what is inside."""
    drawers = [str(path.relative_to(root)) for path in modules if path.stem in DRAWERS or path.parent.name in DRAWERS]

    assert [] == drawers


def test_every_module_is_answered_by_a_test(root: Path, modules: list[Path]) -> None:
    """Tests mirror the source: `rulesets/loader.py` is answered by `rulesets/test_loader.py`."""
    written = [path for path in modules if path.stem != "__init__" and str(path.relative_to(root)) not in UNMIRRORED]
    missing = [str(mirror(root, path).relative_to(root)) for path in written if not mirror(root, path).is_file()]

    assert "" == "\n".join(missing)


def test_modules_stay_short(root: Path, modules: list[Path]) -> None:
    """No module grows beyond 300 lines."""
    sizes = {str(path.relative_to(root)): len(path.read_text(encoding="utf-8").splitlines()) for path in modules}

    assert {} == {name: lines for name, lines in sizes.items() if lines > LONGEST_MODULE}


def test_functions_stay_short(root: Path, modules: list[Path]) -> None:
    """No function grows beyond 40 lines, its docstring aside."""
    long = {
        f"{path.relative_to(root)}:{node.lineno} {node.name}": own_lines(node)
        for path in modules
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and own_lines(node) > LONGEST_FUNCTION
    }

    assert {} == long


def test_imports_stand_at_the_top(root: Path, modules: list[Path]) -> None:
    """No function imports our own packages, and none hides an import behind TYPE_CHECKING."""
    hidden = [
        f"{path.relative_to(root)}:{node.lineno}"
        for path in modules
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("convener")
    ]
    guarded = [str(path.relative_to(root)) for path in modules if "TYPE_CHECKING" in path.read_text(encoding="utf-8")]

    assert ([], []) == (hidden, guarded)
