"""Importing does nothing, and the command line is light until a command runs."""

from collections.abc import Callable

import pytest

pytestmark = pytest.mark.integration

WATCH = """
import sys
deeds = []
watched = {"socket.connect", "socket.bind", "subprocess.Popen", "os.system", "sqlite3.connect", "os.mkdir", "os.remove"}
def hear(name, args):
    if name in watched or (name == "open" and isinstance(args[1], str) and set(args[1]) & set("wax+")):
        deeds.append((name, str(args[0])))
sys.addaudithook(hear)
import importlib, pkgutil
names = ["convener", "convener_files", "convener_outbox", "convener_reports", "convener_smtp"]
for name in names:
    package = importlib.import_module(name)
    for found in pkgutil.walk_packages(package.__path__, f"{name}."):
        if ".migrations." not in found.name:
            importlib.import_module(found.name)
print(deeds)
"""

KNOWN = [("subprocess.Popen", "file")]
"""croniter, which procrastinate brings along, asks `file` how wide an integer is; only workers import it."""
HEAVY = ("alembic", "babel", "icalendar", "jinja2", "lark", "ortools", "pydantic", "sqlalchemy", "structlog")


def test_importing_does_nothing(fresh: Callable[[str], str]) -> None:
    """No connection, no child process, no file written while every module is imported."""
    assert f"{KNOWN}\n" == fresh(WATCH)


@pytest.mark.parametrize("script", ["import convener.cli", "from convener.cli.app import run; run(['--help'])"])
def test_the_command_line_is_light(fresh: Callable[[str], str], script: str) -> None:
    """Neither importing the command line nor its help imports a heavy library or a room."""
    looked = fresh(f"import sys\n{script}\nprint(sorted(sys.modules))").splitlines()[-1]
    loaded = [name for name in (*HEAVY, "convener.runtime", "rich.markdown") if f"'{name}'" in looked]

    assert [] == loaded


def test_knowing_a_plugin_does_not_import_it(fresh: Callable[[str], str]) -> None:
    """Discovery reads metadata only."""
    look = "print('files' in registry.discover(), 'convener_files' in sys.modules)"

    assert "True False\n" == fresh(f"import sys\nfrom convener import registry\n{look}")
