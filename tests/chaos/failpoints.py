"""Every failpoint there is, read from the code: a step that commits or calls a connector cannot be left out.

`convener.failpoints` names a failpoint after the function that begins a transaction or calls a connector; here the
same names are found in the syntax trees, without running anything. What commits and has no failpoint is found too.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import product
from pathlib import Path

COMMIT, CALL = ("commit", "committed"), ("call", "called")
MAKERS = frozenset({"failpoints", "store.committing", "registry.guard"})
"""Modules that make failpoints for those who call them."""
STEP = "{}"
"""Stands in a name for what is only known when the code runs."""


@dataclass(frozen=True, slots=True)
class Found:
    """What one module holds."""

    failpoints: frozenset[str]
    bare: frozenset[str]
    """Functions that commit without a failpoint."""


@dataclass(slots=True)
class Reader(ast.NodeVisitor):
    """Walks one module, knowing the qualified name of the function it is in."""

    module: str
    path: list[str] = field(default_factory=list)
    failpoints: set[str] = field(default_factory=set)
    commits: set[str] = field(default_factory=set)
    guarded: set[str] = field(default_factory=set)
    """Functions that pass a failpoint of their own."""

    @property
    def function(self) -> str:
        """The function being read, as `convener.failpoints.caller` would name it."""
        return ".".join((self.module, *self.path)).removesuffix(".<locals>")

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        """Go into a class."""
        self._into(node, node.name)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """Go into a function; what it defines itself is named after it, as Python does."""
        self._into(node, node.name, "<locals>")

    def visit_Call(self, node: ast.Call) -> None:
        """Look at one call."""
        match node.func:
            case ast.Attribute(attr="begin", value=owner) if _is_store(owner):
                self._add(COMMIT)
            case ast.Attribute(attr="begin" | "commit") if self.module not in MAKERS:
                self.commits.add(self.function)
            case ast.Name(id="contained"):
                self._add(CALL)
            case ast.Name(id="committing") | ast.Attribute(attr="_connected"):
                named = (_text(argument) for argument in node.args)
                self.failpoints.update(f"{name}:{side}" for name in named if name != STEP for side in COMMIT)
            case ast.Name(id="failpoint" | "around") if self.module not in MAKERS:
                self.guarded.add(self.function)
                self.failpoints.update(_text(argument) for argument in node.args)
            case _:
                pass
        self.generic_visit(node)

    def _add(self, sides: tuple[str, str]) -> None:
        self.failpoints.update(f"{self.function}:{side}" for side in sides)

    def _into(self, node: ast.AST, *names: str) -> None:
        self.path.extend(names)
        self.generic_visit(node)
        del self.path[-len(names) :]


def read_package(package: str = "convener") -> Found:
    """Read every module of *package*, wherever it is installed."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(package)
    root = Path(spec.submodule_search_locations[0])
    failpoints: set[str] = set()
    bare: set[str] = set()
    for file in sorted(root.rglob("*.py")):
        if "_bundled" not in file.parts:
            found = read_module(file.read_text(encoding="utf-8"), _dotted(file.relative_to(root)))
            failpoints |= found.failpoints
            bare |= found.bare
    return Found(failpoints=frozenset(_whole(failpoints, revisions(root))), bare=frozenset(bare))


def read_module(source: str, module: str) -> Found:
    """Read the *source* of one *module*, named from the package down, `operations.tick`."""
    reader = Reader(module)
    reader.visit(ast.parse(source))
    return Found(failpoints=frozenset(reader.failpoints), bare=frozenset(reader.commits - reader.guarded))


def revisions(root: Path) -> list[str]:
    """Return the names of the migrations, which stand in failpoints of the upgrade."""
    trees = (ast.parse(file.read_text(encoding="utf-8")) for file in root.glob("store/migrations/versions/*.py"))
    found = (node for tree in trees for node in tree.body)
    return sorted(
        node.value.value
        for node in found
        if isinstance(node, ast.Assign | ast.AnnAssign)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
        and "revision" in {name.id for name in ast.walk(node) if isinstance(name, ast.Name)}
    )


def _whole(names: set[str], steps: list[str]) -> Iterator[str]:
    """Put every migration in place of what is only known when the code runs."""
    for name in names:
        parts = name.split(STEP)
        for chosen in product(steps, repeat=len(parts) - 1):
            yield "".join(part + step for part, step in zip(parts, (*chosen, ""), strict=True))


def _is_store(owner: ast.expr) -> bool:
    match owner:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name.strip("_").endswith("store")
        case _:
            return False


def _text(argument: ast.expr) -> str:
    """Return the name that *argument* stands for, with `STEP` for what is filled in later."""
    match argument:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=values):
            return "".join(_text(value) for value in values)
        case _:
            return STEP


def _dotted(file: Path) -> str:
    return ".".join(file.with_suffix("").parts).removesuffix(".__init__")
