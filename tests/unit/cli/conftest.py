"""A small workspace to speak to, and a way to speak to it."""

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from convener.cli.app import run
from convener.cli.face import Face
from convener.operations.initialise import initialise

RULES = """\
schema = 1
extends = ["small-group-coaching@1"]

[client]
name = "Acme"
timezone = "Europe/London"
locale = "en-GB"
holidays = "GB-ENG"

[stack]
roster = "files"
email = "mail"
text = "sms"
calendar = "mail"
polls = "web"
reports = ["pages"]

[sponsors]
"Lee Park" = "lee@acme.example"

[rules.pod-size]
flexibility = "inflexible"
min = 3
target = 3
max = 4
reason = "Small ones here."

[programmes.first]
title = "First steps"
starts = 2027-01-11
sessions = { count = 2, length = "2 hours" }
topics = ["Kick-off", "Listening"]
roster = { path = "acme.csv" }
coaches = "all"
"""
ROSTER = """\
id,name,email,timezone,department,manager,manager_email
1,Ana Ruiz,ana@acme.example,Europe/London,Sales,Mia Holt,mia@acme.example
2,Ben Osei,ben@acme.example,Europe/London,Works,Mia Holt,mia@acme.example
3,Cleo Tan,cleo@acme.example,Europe/London,Sales,Max Bell,max@acme.example
4,Dan Wolf,dan@acme.example,Europe/London,Works,Max Bell,max@acme.example
5,Eva Lund,eva@acme.example,Europe/London,Sales,Mia Holt,mia@acme.example
6,Fay Moss,fay@acme.example,Europe/London,Works,Max Bell,max@acme.example
"""
COACHES = """\
email,name,timezone,max_pods,accredited,years,away
cora@coaches.example,Cora Vale,Europe/London,2,,5,
carl@coaches.example,Carl Nash,Europe/London,2,,9,
cate@coaches.example,Cate Orr,Europe/London,2,,2,
"""
SLOTS = ("2027-01-12T10:00:00+00:00", "2027-01-13T10:00:00+00:00", "2027-02-09T10:00:00+00:00")
SCOPE = "acme/first"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one command line came to."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """What was printed as JSON."""
        return json.loads(self.out)


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no setting of the person at the terminal reach a test."""
    for name in [name for name in os.environ if name.startswith("CONVENER_") or name in {"NO_COLOR", "FORCE_COLOR"}]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("COLUMNS", "100")


@pytest.fixture
def face() -> Face:
    """Return a face as it is without any option."""
    return Face()


@pytest.fixture(scope="session")
def drafted(tmp_path_factory: pytest.TempPathFactory, housed: Callable[[Path], Path]) -> Path:
    """Return a workspace with rules and data, nothing brought in yet; for copying."""
    folder = tmp_path_factory.mktemp("drafted") / "w"
    initialise(folder)
    (folder / "rulesets" / "my-client.toml").unlink()
    (folder / "data" / "my-client.csv").unlink()
    (folder / "rulesets" / "acme.toml").write_text(RULES, encoding="utf-8")
    (folder / "data" / "acme.csv").write_text(ROSTER, encoding="utf-8")
    (folder / "data" / "coaches.csv").write_text(COACHES, encoding="utf-8")
    people = [line.split(",")[2] for line in ROSTER.splitlines()[1:]]
    people += [line.split(",")[0] for line in COACHES.splitlines()[1:]]
    answers = [f"{who},{','.join('yes' for _ in SLOTS)}" for who in people]
    table = "\n".join([f"email,{','.join(SLOTS)}", *answers, ""])
    (folder / "data" / "acme-availability.csv").write_text(table, encoding="utf-8")
    return housed(folder)


@pytest.fixture(scope="session")
def lived(drafted: Path, copied: Callable[[Path, Path], Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace whose programme went live on 1 December 2026; for copying."""
    return _gone_live(copied(drafted, tmp_path_factory.mktemp("lived") / "w"))


@pytest.fixture(scope="session")
def lived_on_sqlite(drafted: Path, on_sqlite: Callable[[Path], Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the same with its database in its folder; for copying."""
    return _gone_live(on_sqlite(shutil.copytree(drafted, tmp_path_factory.mktemp("lived-on-sqlite") / "w")))


def _gone_live(folder: Path) -> Path:
    for words in ("sync acme", *(f"{what} {do} {SCOPE}" for what in ("pods", "dates") for do in ("propose", "accept"))):
        assert 0 == run(["-w", str(folder), *words.split(), "--at", "2026-11-30T09:00"])
    assert 0 == run(["-w", str(folder), "go", SCOPE, "--at", "2026-12-01T09:00"])
    return folder


@pytest.fixture
def workspace(drafted: Path, copied: Callable[[Path, Path], Path], tmp_path: Path) -> Path:
    """Return a workspace of its own, nothing brought in yet."""
    return copied(drafted, tmp_path / "w")


@pytest.fixture
def live(lived: Path, copied: Callable[[Path, Path], Path], tmp_path: Path) -> Path:
    """Return a workspace of its own, its programme live."""
    return copied(lived, tmp_path / "w")


@pytest.fixture
def sqlite_workspace(drafted: Path, on_sqlite: Callable[[Path], Path], tmp_path: Path) -> Path:
    """Return a workspace of its own, nothing brought in yet, for a test about its database file."""
    return on_sqlite(shutil.copytree(drafted, tmp_path / "w"))


@pytest.fixture
def sqlite_live(lived_on_sqlite: Path, copied: Callable[[Path, Path], Path], tmp_path: Path) -> Path:
    """Return a workspace of its own, its programme live, for a test about its database file."""
    return copied(lived_on_sqlite, tmp_path / "w")


@pytest.fixture
def convener(capsys: pytest.CaptureFixture[str]) -> Callable[..., Outcome]:
    """Return what runs one command line in this process."""

    def speak(*words: object) -> Outcome:
        capsys.readouterr()
        code = run([str(word) for word in words])
        said = capsys.readouterr()
        return Outcome(int(code), said.out, said.err)

    return speak
