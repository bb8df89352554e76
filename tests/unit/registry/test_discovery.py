"""Which plugins are installed."""

import subprocess
import sys
from collections.abc import Callable

from convener.registry import discover


def test_built_ins_come_through_the_strangers_door() -> None:
    """The four plugins that ship are found by their entry points."""
    assert {"files", "outbox", "reports", "smtp"} <= set(discover())


def test_a_stranger_is_listed_with_its_distribution(install: Callable[..., None]) -> None:
    """A plugin of another distribution is known by name, module, distribution and version."""
    install("listed", "stranger_listed")

    found = discover()["listed"]

    assert ("listed", "stranger_listed", "stranger-listed", "1.0", ()) == (
        found.name,
        found.module,
        found.distribution,
        found.version,
        found.rivals,
    )


def test_known_is_not_imported(install: Callable[..., None]) -> None:
    """Discovery reads metadata only: a plugin that breaks on import is listed all the same."""
    install("bomb", "stranger_bomb", "raise SystemExit('imported')")

    assert "stranger_bomb" == discover()["bomb"].module
    assert "stranger_bomb" not in sys.modules


def test_nobody_imports_a_built_in_to_list_it() -> None:
    """In a fresh process, listing leaves every plugin package outside."""
    listing = "from convener.registry import discover; discover()"
    code = f"import sys; {listing}; print([name for name in sys.modules if 'convener_' in name])"

    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert "[]" == run.stdout.strip()


def test_two_claims_on_one_name_are_kept_apart(install: Callable[..., None]) -> None:
    """A name that two modules claim names both as rivals."""
    install("clash", "stranger_first")
    install("clash", "stranger_second")

    assert ("stranger_first", "stranger_second") == discover()["clash"].rivals
