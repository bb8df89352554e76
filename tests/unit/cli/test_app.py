"""The top of the command line: lazy, with one help page and one exit code."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from convener.cli.app import run
from convener.cli.catalogue import COMMANDS


def test_the_help_lists_every_command(convener: Callable[..., Any]) -> None:
    """Each command stands in the help with its line."""
    done = convener("--help")

    assert 0 == done.code
    assert [] == [entry.help for entry in COMMANDS.values() if entry.help not in done.out]


def test_without_anything_there_is_help(convener: Callable[..., Any]) -> None:
    """A bare `convener` shows the help and is a usage error."""
    done = convener()

    assert (2, True) == (done.code, "Usage: convener" in done.out + done.err)


def test_a_mistyped_command_gets_the_nearest_name(convener: Callable[..., Any]) -> None:
    """Exit 2 and a hint, without importing anything."""
    done = convener("innit")

    assert 2 == done.code
    assert "Did you mean 'init'?" in done.err


def test_json_works_before_and_after_the_command(convener: Callable[..., Any], workspace: Path) -> None:
    """The shared options may stand on either side."""
    before, after = convener("-w", workspace, "--json", "check"), convener("-w", workspace, "check", "--json")

    assert {"problems": []} == before.data == after.data


def test_the_workspace_may_come_from_the_environment(
    convener: Callable[..., Any], workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CONVENER_WORKSPACE stands in for --workspace."""
    monkeypatch.setenv("CONVENER_WORKSPACE", str(workspace))

    assert 0 == convener("check").code


def test_the_version(convener: Callable[..., Any]) -> None:
    """--version prints one line on stdout."""
    done = convener("--version")

    assert (0, "convener ") == (done.code, done.out[:9])


@pytest.mark.integration
def test_a_process_ends_with_the_same_code(tmp_path: Path) -> None:
    """The installed entry point hands the exit code to the shell and says why on stderr."""
    script = "from convener.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", script, "-w", str(tmp_path), "sync", "acme"], capture_output=True, text=True, check=False
    )

    assert (2, "") == (done.returncode, done.stdout)
    assert "is not a workspace" in done.stderr


@pytest.mark.integration
def test_a_reader_who_leaves_early_is_no_error(workspace: Path) -> None:
    """A closed pipe ends the command without a word."""
    script = f'"{sys.executable}" -c "from convener.cli import main; main()" -w "{workspace}" plugins list | true'
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)

    assert (0, "") == (done.returncode, done.stderr)


def test_run_takes_arguments() -> None:
    """What a test or another program calls returns the code instead of leaving."""
    assert 0 == run(["--version"])
