"""A stranger's plugin, installed beside the project: found, left alone until named, then run like a built-in."""

import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

pytestmark = [pytest.mark.integration, pytest.mark.checkout]

EXAMPLE = Path(__file__).parents[2] / "examples" / "third-party-plugin"

RUN = """
import sys
from pathlib import Path
from types import SimpleNamespace
from convener.errors import Place
from convener.registry import activate, discover
from convener.testing import a_mail

known = discover()["console"]
assert "convener_console" not in sys.modules
table = SimpleNamespace(name="screen", plugin="console", options={"width": 40}, place=Place("config.toml"))
receipt = activate({"screen": table}, Path()).messenger("screen").send(a_mail())
print(known.distribution, receipt)
"""


def run_with(site: Path, *arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run this interpreter with *site* among its packages."""
    environment = os.environ | {"PYTHONPATH": str(site), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment, cwd=folder)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Lay the example out as an installer does: its package, and metadata from its own pyproject.toml."""
    place = tmp_path / "site"
    project = tomllib.loads((EXAMPLE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    shutil.copytree(EXAMPLE / "convener_console", place / "convener_console")
    info = place / f"convener_console-{project['version']}.dist-info"
    info.mkdir()
    head = f"Metadata-Version: 2.4\nName: {project['name']}\nVersion: {project['version']}\n"
    (info / "METADATA").write_text(head, encoding="utf-8")
    groups = project["entry-points"]
    points = [line for group in groups for line in (f"[{group}]", *(f"{k} = {v}" for k, v in groups[group].items()))]
    (info / "entry_points.txt").write_text("\n".join(points) + "\n", encoding="utf-8")
    return place


def test_it_is_found_and_runs(site: Path, tmp_path: Path) -> None:
    """Known by its metadata, imported when a table names it, called through the same guard."""
    run = run_with(site, "-c", RUN, folder=tmp_path)

    assert 0 == run.returncode, run.stderr
    assert "convener-console printed" == run.stdout.splitlines()[-1]


def test_its_own_tests_pass(site: Path, tmp_path: Path) -> None:
    """The contract suite, run from the plugin's own project, is green."""
    shutil.copytree(EXAMPLE, tmp_path / "project", ignore=shutil.ignore_patterns("__pycache__"))

    run = run_with(site, "-m", "pytest", "-q", "-p", "no:cacheprovider", folder=tmp_path / "project")

    assert 0 == run.returncode, run.stdout


def test_its_wheel_is_found_too(tmp_path: Path) -> None:
    """Built with its own backend and unpacked as an installer does, it is the same plugin."""
    shutil.copytree(EXAMPLE, tmp_path / "project", ignore=shutil.ignore_patterns("__pycache__"))
    built = run_with(
        tmp_path, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path), folder=tmp_path / "project"
    )
    assert 0 == built.returncode, built.stderr
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        wheel.extractall(tmp_path / "site")

    run = run_with(tmp_path / "site", "-c", RUN, folder=tmp_path)

    assert 0 == run.returncode, run.stderr
