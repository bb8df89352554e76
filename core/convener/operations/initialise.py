"""`init`: a new workspace, made whole beside its place and then moved there, so that nothing is ever half made."""

import shutil
import tempfile
import tomllib
from collections.abc import Iterator
from importlib.resources.abc import Traversable
from pathlib import Path

from convener.bundled import bundled
from convener.errors import DataError, UsageError

STARTER = """\
# Your first client. Fill in what is marked, then: convener check my-client
schema = 1
extends = ["small-group-coaching@1"]

[client]
name = "My client"                # as messages and reports call it
timezone = "Europe/London"        # an IANA zone
locale = "en-GB"                  # how dates are written
# holidays = "GB-ENG"             # days on which nobody meets and nothing goes out

[stack]                           # role or channel → a connector of config.toml
roster = "files"
email = "mail"
text = "sms"
calendar = "mail"
polls = "web"
reports = ["pages"]

[sponsors]                        # who gets the report
# "First Last" = "first.last@client.example"

# A rule or an automation of the pack is changed by its name:
# [rules.pod-size]
# flexibility = "inflexible"
# min = 3
# target = 4
# max = 5
# reason = "Pods of three to five."

[programmes.first]
title = "First programme"
starts = 2027-01-11
sessions = { count = 6, length = "2 hours" }
topics = ["Kick-off", "Listening", "Asking", "Feedback", "Conflict", "What now"]
roster = { path = "my-client.csv" }   # below data/: id, name, e-mail, time zone, manager, manager e-mail …
coaches = "all"                       # or a list of addresses from data/coaches.csv
"""
ROSTER = "id,name,email,timezone,manager,manager_email\n"
COACHES = "email,name,timezone,max_pods,accredited,years,away\n"
IGNORED = "/var/\n/config.toml\n"


def examples() -> tuple[str, ...]:
    """Return the names of the example clients that come with Convener."""
    return tuple(sorted(_name(file) for file in _rule_files() if "client" in _parsed(file)))


def initialise(folder: Path, *, example: str = "") -> tuple[str, ...]:
    """Make a workspace at *folder* and return its files; with *example*, that client and its data come along.

    Raise UsageError for an unknown example or a folder that holds something, DataError when it cannot be written.
    """
    if example and example not in examples():
        raise UsageError(f"there is no example {example!r}", hint=f"examples: {', '.join(examples())}")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is not empty", hint="name a new or an empty folder")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as beside:
            made = Path(beside) / "workspace"
            _fill(made, example)
            made.rename(folder)
    except OSError as error:
        raise DataError(f"{folder} cannot be written: {(error.strerror or 'no reason given').lower()}") from error
    return tuple(sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()))


def _fill(folder: Path, example: str) -> None:
    """Write a whole workspace into the new *folder*."""
    for name in ("rulesets", "data", "templates"):
        (folder / name).mkdir(parents=True)
    _copy(bundled("config.example.toml"), folder / "config.toml")
    (folder / ".gitignore").write_text(IGNORED, encoding="utf-8")
    for file in _rule_files():
        if "client" not in _parsed(file) or _name(file) == example:
            _copy(file, folder / "rulesets" / file.name)
    if example:
        for file in _data_of(example):
            _copy(file, folder / "data" / file.name)
        return
    (folder / "rulesets" / "my-client.toml").write_text(STARTER, encoding="utf-8")
    (folder / "data" / "my-client.csv").write_text(ROSTER, encoding="utf-8")
    (folder / "data" / "coaches.csv").write_text(COACHES, encoding="utf-8")


def _rule_files() -> Iterator[Traversable]:
    for file in bundled("rulesets").iterdir():
        if file.name.endswith(".toml") and not file.name.endswith(".test.toml"):
            yield file


def _data_of(client: str) -> Iterator[Traversable]:
    """Yield the data of one example: files that carry its name, and the coaches everyone shares."""
    for file in bundled("data").iterdir():
        if file.name.startswith((f"{client}.", f"{client}-")) or file.name == "coaches.csv":
            yield file


def _copy(source: Traversable, target: Path) -> None:
    with source.open("rb") as reading, target.open("xb") as writing:
        shutil.copyfileobj(reading, writing)


def _name(file: Traversable) -> str:
    return file.name.removesuffix(".toml")


def _parsed(file: Traversable) -> dict[str, object]:
    return tomllib.loads(file.read_text(encoding="utf-8"))
