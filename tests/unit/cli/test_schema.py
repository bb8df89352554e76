"""`convener schema`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any


def test_the_schema_of_rule_files_is_printed(convener: Callable[..., Any], workspace: Path) -> None:
    """JSON on stdout, also without --json."""
    done = convener("-w", workspace, "schema")

    assert (0, "Convener rule file") == (done.code, done.data["title"])


def test_the_other_files_have_one_too(convener: Callable[..., Any], workspace: Path) -> None:
    """Settings and test files."""
    titles = [convener("-w", workspace, "schema", kind).data["title"] for kind in ("config", "tests")]

    assert ["Convener settings", "Convener test file"] == titles


def test_a_kind_of_file_that_has_none(convener: Callable[..., Any], workspace: Path) -> None:
    """Which there are is said."""
    done = convener("-w", workspace, "schema", "rosters")

    assert 2 == done.code
    assert "tests" in done.err


def test_a_rehearsal_writes_nothing(convener: Callable[..., Any], workspace: Path) -> None:
    """It says what would be written."""
    done = convener("-w", workspace, "schema", "--editor", "--dry-run")

    assert (0, True) == (done.code, "tombi.toml: would be written" in done.err)
    assert not (workspace / "tombi.toml").exists()


def test_editors_are_told(convener: Callable[..., Any], workspace: Path) -> None:
    """R29: the schemas are there, and what names them."""
    done = convener("-w", workspace, "schema", "--editor", "--json")

    assert {"new"} == {file["state"] for file in done.data["files"]}
    assert {"schemas/rules.json", "tombi.toml", ".taplo.toml", ".vscode/settings.json"} < {
        file["path"] for file in done.data["files"]
    }
    assert (workspace / "schemas" / "rules.json").is_file()


def test_what_is_somebodys_is_left_and_told(convener: Callable[..., Any], workspace: Path) -> None:
    """With what to add by hand; a whole schema is not shown."""
    (workspace / "tombi.toml").write_text("schemas = []\n", encoding="utf-8")
    (workspace / "schemas").mkdir()
    (workspace / "schemas" / "config.json").write_text("{}", encoding="utf-8")

    done = convener("-w", workspace, "schema", "--editor")

    assert "tombi.toml: left as it is; add to it by hand:" in done.err
    assert "schemas/config.json: left as it is; it is not one of ours" in done.err
    assert "schemas = []\n" == (workspace / "tombi.toml").read_text(encoding="utf-8")
