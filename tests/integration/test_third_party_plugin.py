"""A stranger's plugin, installed beside the project: found, left alone until named, then run like a built-in."""

import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from convener.testing import a_mail

pytestmark = [pytest.mark.integration, pytest.mark.checkout]

EXAMPLE = Path(__file__).parents[2] / "examples" / "third-party-plugin"

RUN = """
import sys
from pathlib import Path
from convener.errors import Place
from convener.registry import activate, discover
from convener.settings import ConnectorConfig
from convener.testing import a_mail

known = discover()["console"]
assert "convener_console" not in sys.modules
table = ConnectorConfig(
    name="screen", plugin="console", isolated=sys.argv[1] == "apart", options={"width": 40}, place=Place("config.toml")
)
connectors = activate({"screen": table}, Path())
receipt = connectors.messenger("screen").send(a_mail())
connectors.close()
print(known.distribution, receipt)
"""

RULES = """
import sys
from pathlib import Path
from convener.operations.check import check
from convener.operations.initialise import initialise
from convener.operations.rules import RuleBook
from convener.settings import load_settings

folder = Path("w")
initialise(folder, example="northern-health")
config, client = folder / "config.toml", folder / "rulesets" / "northern-health.toml"
config.write_text('plugins = ["console"]\\n' + config.read_text(encoding="utf-8"), encoding="utf-8")
with client.open("a", encoding="utf-8") as file:
    file.write(sys.argv[1])
rules = RuleBook.of(folder, load_settings(folder, {}))
for problem in check(rules):
    print(f"{problem.place}: {problem.code}: {problem.message}; {problem.hint}")
rules.reload()
for name, prepared in rules.load("northern-health").prepared.items():
    print(name, prepared.ruleset.rules["rooms"].terms)
"""
OWN = """
[rules.rooms]
kind = "room-capacity"
flexibility = "inflexible"
chairs = 10

[automations.far]
on = "session.held"
for_each = "coach"
when = ["pod.zones > 1"]
do = { flag = "this pod lives by several clocks" }
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
    run = run_with(site, "-c", RUN, "here", folder=tmp_path)

    assert 0 == run.returncode, run.stderr
    assert (a_mail().message_id, "convener-console printed") == (run.stdout.split()[0], run.stdout.splitlines()[-1])


def test_what_it_does_in_a_process_of_its_own_is_not_seen(site: Path, tmp_path: Path) -> None:
    """Fault 19, 38: it runs where it can be ended, and what it prints, which names people, goes nowhere."""
    run = run_with(site, "-c", RUN, "apart", folder=tmp_path)

    assert (0, "convener-console printed\n") == (run.returncode, run.stdout), run.stderr


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

    run = run_with(tmp_path / "site", "-c", RUN, "apart", folder=tmp_path)

    assert 0 == run.returncode, run.stderr


def test_rules_may_use_its_fact_and_its_kind(site: Path, tmp_path: Path) -> None:
    """Named in `plugins`, its words are part of the rule language, for `check` and for the daemon alike (R29)."""
    run = run_with(site, "-c", RULES, OWN, folder=tmp_path)

    assert (0, "primary-care chairs=10") == (run.returncode, run.stdout.strip()), run.stderr


def test_a_slip_in_its_words_is_found_like_any_other(site: Path, tmp_path: Path) -> None:
    """The nearest fact, the key that is wrong, the type that does not fit, each at its place (R29)."""
    wrong = OWN.replace("chairs = 10", "chars = 10").replace("pod.zones > 1", "pod.zone > 1")
    run = run_with(site, "-c", RULES, wrong, folder=tmp_path)
    found = [line.split(": ", 1)[1] for line in run.stdout.splitlines()]

    assert any(line.startswith("unknown-key: unknown key 'chars'; did you mean 'chairs'?") for line in found), found
    assert any(line.startswith("unknown-fact: ") and "'pod.zones'" in line for line in found), found
