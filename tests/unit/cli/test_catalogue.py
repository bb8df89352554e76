"""The table of commands says what the commands say themselves."""

import importlib
from collections.abc import Callable
from itertools import chain
from typing import Any

import pytest
import typer

from convener.cli.catalogue import COMMANDS


def command(name: str) -> Any:
    """Return the command *name*, imported."""
    return typer.main.get_command(importlib.import_module(f"convener.cli.{COMMANDS[name].module}").app)


def leaves(name: str) -> list[tuple[str, ...]]:
    """Return the words of *name* itself, or of each of its subcommands."""
    found = command(name)
    return [(name, sub) for sub in found.commands] if hasattr(found, "commands") else [(name,)]


@pytest.mark.parametrize("name", COMMANDS)
def test_the_table_repeats_the_docstring(name: str) -> None:
    """One line of help, the same in the table and on the command."""
    assert COMMANDS[name].help == command(name).help.splitlines()[0]


@pytest.mark.parametrize("words", [*chain.from_iterable(map(leaves, COMMANDS))], ids=" ".join)
def test_every_command_has_help(convener: Callable[..., Any], words: tuple[str, ...]) -> None:
    """Each command explains itself and knows --json and --at."""
    done = convener(*words, "--help")

    assert 0 == done.code
    assert [] == [option for option in ("Usage: convener", "--json", "--at") if option not in done.out]


@pytest.mark.parametrize("words", [*chain.from_iterable(map(leaves, COMMANDS))], ids=" ".join)
def test_every_option_and_argument_has_help(words: tuple[str, ...]) -> None:
    """Nothing on a help page stands without a word."""
    found = command(words[0])
    found = found.commands[words[1]] if len(words) > 1 else found

    assert [] == [parameter.name for parameter in found.params if not getattr(parameter, "help", "")]


def test_the_designed_commands_are_there() -> None:
    """The names of design §9 that this version offers."""
    words = "init demo check doctor daemon tick plan today sync register pods dates go change attendance report ledger"
    more = "test schema simulate explain preview apply waive plugins db"

    assert {*words.split(), *more.split()} == set(COMMANDS)
