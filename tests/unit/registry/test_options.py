"""The options of one connector."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pytest

from convener.errors import InvalidError
from convener.registry.options import nearest_hint, read_options, settings_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Options of a made-up plugin."""

    host: str = field(metadata={"help": "name of the server"})
    port: int = field(default=25, metadata={"help": "its port"})
    mode: Literal["calm", "loud"] = field(default="calm", metadata={"help": "how to speak"})
    password: str = field(default="", repr=False, metadata={"help": "kept secret"})
    formats: tuple[str, ...] = field(default=("html",), metadata={"help": "what to write"})
    folder: Path = field(default=Path("var"), metadata={"help": "where"})

    def __post_init__(self) -> None:
        if self.port == 0:
            raise ValueError("Port must not be 0")


def problems_of(table: Any, **options: object) -> list[str]:
    """Return the problems that *options* have."""
    with pytest.raises(InvalidError) as caught:
        read_options(Options, table(name="mail", plugin="made-up", options=options), {})
    return [str(problem) for problem in caught.value.problems]


def test_options_fill_the_settings(table: Any) -> None:
    """TOML values become the typed fields; lists become tuples and text from secrets becomes numbers."""
    options = {"host": "mx", "port": "2525", "formats": ["csv", "json"], "folder": "out"}

    filled = read_options(Options, table(name="mail", plugin="made-up", options=options), {})

    assert Options(host="mx", port=2525, formats=("csv", "json"), folder=Path("out")) == filled


def test_defaults_fill_only_what_is_left_out(table: Any) -> None:
    """The workspace's value stands in where the plugin has the key and the table does not."""
    config = table(name="mail", plugin="made-up", options={"port": 2})

    filled = read_options(Options, config, {"host": "from-workspace", "port": 1, "unheard_of": True})

    assert ("from-workspace", 2) == (filled.host, filled.port)


def test_an_unknown_key_names_the_nearest(table: Any) -> None:
    """A slip of the pen is told with its place and what was meant."""
    assert ["config.toml:7:1: connectors.mail: plugin 'made-up' has no option 'hots'; did you mean 'host'?"] == (
        problems_of(table, host="mx", hots="mx")
    )


def test_a_wrong_value_is_shown_with_the_meaning_of_its_key(table: Any) -> None:
    """Key, value, reason and meaning stand in one line."""
    (problem,) = problems_of(table, host="mx", mode="angry")

    assert problem.startswith("config.toml:7:1: connectors.mail.mode = 'angry': input should be 'calm' or 'loud'")
    assert problem.endswith("how to speak")


def test_a_missing_key_is_told(table: Any) -> None:
    """A required option that is absent is named with its meaning."""
    assert ["config.toml:7:1: connectors.mail.host is missing; name of the server"] == problems_of(table)


def test_a_secret_of_the_wrong_type_is_not_shown(table: Any) -> None:
    """The value of a field that hides itself appears in no problem."""
    (problem,) = problems_of(table, host="mx", password=["s3cret"])

    assert "s3cret" not in problem


def test_every_problem_is_collected(table: Any) -> None:
    """Unknown keys and wrong values are told together."""
    assert 3 == len(problems_of(table, host=3, mode=4, colour="red"))


def test_the_settings_own_check_speaks(table: Any) -> None:
    """What a plugin refuses in its own words is told in them."""
    assert ["config.toml:7:1: connectors.mail: port must not be 0"] == problems_of(table, host="mx", port=0)


def test_without_a_near_name_all_are_listed() -> None:
    """A name like no other gets the list of those allowed."""
    assert "allowed: folder, host" == nearest_hint("zzz", ["host", "folder"])


def test_the_docs_table_has_a_line_for_every_option() -> None:
    """One source for validation and docs."""
    assert [
        "| option | default | meaning |",
        "| --- | --- | --- |",
        "| `host` | required | name of the server |",
        "| `port` | `25` | its port |",
        '| `mode` | `"calm"` | how to speak |',
        '| `password` | `""` | kept secret |',
        '| `formats` | `["html"]` | what to write |',
        '| `folder` | `"var"` | where |',
    ] == settings_table(Options).splitlines()
