"""Built-ins come through the strangers' door, and every list of plugins names the same ones."""

from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.checkout


@pytest.fixture
def folders(root: Path) -> set[str]:
    """Return the import packages below plugins/."""
    return {path.parent.name for path in (root / "plugins").glob("*/__init__.py")}


def test_every_plugin_folder_has_an_entry_point(folders: set[str], project: dict[str, Any]) -> None:
    """The entry point `files` leads to the package `convener_files`, for every folder there is."""
    points = project["project"]["entry-points"]["convener.plugins"]

    assert {folder.removeprefix("convener_"): folder for folder in folders} == points


def test_every_plugin_folder_is_shipped(folders: set[str], project: dict[str, Any]) -> None:
    """The wheel carries each plugin."""
    packages = project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    shipped = {Path(package).name for package in packages if package.startswith("plugins/")}

    assert folders == shipped


def test_every_plugin_folder_is_judged(folders: set[str], project: dict[str, Any]) -> None:
    """Types and import contracts are checked for each plugin."""
    everything = folders | {"convener"}
    linter = project["tool"]["importlinter"]
    independent = next(c for c in linter["contracts"] if c["type"] == "independence")

    assert everything == set(project["tool"]["mypy"]["packages"])
    assert everything == set(linter["root_packages"])
    assert folders == set(independent["modules"])


def test_every_plugin_says_it_is_typed(root: Path, folders: set[str]) -> None:
    """A `py.typed` stands in the core and in each plugin."""
    packages = [root / "core" / "convener", *(root / "plugins" / folder for folder in folders)]

    assert [] == [package.name for package in packages if not (package / "py.typed").is_file()]


def test_every_plugin_has_a_page(root: Path, folders: set[str]) -> None:
    """Each plugin's README says how to install, configure and remove it."""
    pages = {folder: root / "plugins" / folder / "README.md" for folder in folders}
    words = {name: page.read_text(encoding="utf-8").lower() if page.is_file() else "" for name, page in pages.items()}
    lacking = {name for name, text in words.items() for word in ("install", "configure", "remove") if word not in text}

    assert set() == lacking
