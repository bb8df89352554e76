"""What the tests of the pages share: the pages, and the examples on them by place."""

import json
import os
import re
import shlex
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from convener.cli.app import run

ROOT = Path(__file__).parents[2]
FENCE = re.compile(
    r"^(?P<indent> *)```(?P<language>\w+)(?P<info>[^\n]*)\n(?P<body>.*?)^(?P=indent)```", re.MULTILINE | re.DOTALL
)
CONTINUES = re.compile(r"<!-- continues: (\S+) -->")
PRESENT = "2026-12-01T09:00+00:00"
"""The moment at which sessions are played that do not say one: before the example programmes begin."""
ELSEWHERE = ("make ", "convener daemon", "convener demo", "pip ", "systemctl ", "export ", "kill ", "CONVENER_")
"""Beginnings of lines that are not run: they belong to a machine, have tests of their own, or never end."""


@dataclass(frozen=True, slots=True)
class Example:
    """One fenced block of a page."""

    page: Path
    line: int
    language: str
    info: str
    body: str

    @property
    def place(self) -> str:
        """`docs/page.md:12`."""
        return f"{self.page.relative_to(ROOT).as_posix()}:{self.line}"

    def said(self, key: str) -> str:
        """Return the value of `key=value` in the info string, empty when it is not there."""
        found = re.search(rf"\b{key}=(\S+)", self.info)
        return found[1] if found else ""


def pages() -> list[Path]:
    """Return every page that people read, generated ones included."""
    found = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), *(ROOT / "plugins").rglob("README.md")]
    return sorted([*found, *(ROOT / "examples").rglob("README.md")])


def examples(page: Path) -> Iterator[Example]:
    """Yield the fenced blocks of *page* in order."""
    text = page.read_text(encoding="utf-8")
    for found in FENCE.finditer(text):
        line = text[: found.start()].count("\n") + 1
        yield Example(page, line, found["language"], found["info"], found["body"])


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Hand `toml`, `python` and `included` one example each, and `page` and `session_page` one page."""
    every = [example for page in pages() for example in examples(page)]
    kinds = {
        "toml": [e for e in every if e.language == "toml" and not e.said("from")],
        "python": [e for e in every if e.language == "python" and not e.said("from")],
        "included": [e for e in every if e.said("from")],
    }
    for name, found in kinds.items():
        if name in metafunc.fixturenames:
            metafunc.parametrize(name, found, ids=[example.place for example in found])
    if "page" in metafunc.fixturenames:
        metafunc.parametrize("page", pages(), ids=[page.relative_to(ROOT).as_posix() for page in pages()])
    if "session_page" in metafunc.fixturenames:
        played = sorted({example.page for example in every if example.language == "bash"})
        metafunc.parametrize("session_page", played, ids=[page.relative_to(ROOT).as_posix() for page in played])


@pytest.fixture
def root() -> Path:
    """Return the folder of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Path]:
    """Keep what is left of a session that others continue, by its page."""
    return {}


@pytest.fixture
def enter(
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    worlds: dict[Path, Path],
    copied: Callable[[Path, Path], Path],
) -> Callable[[Path], None]:
    """Return what goes to an empty folder, or to a copy of where the page that a page continues has ended."""
    monkeypatch.setenv("SMTP_PASSWORD", "of the tests")
    monkeypatch.setenv("NO_COLOR", "1")

    def entered(page: Path) -> None:
        before = CONTINUES.search(page.read_text(encoding="utf-8"))
        if before is None:
            monkeypatch.chdir(tmp_path)
            return
        first = (page.parent / before[1]).resolve()
        if first not in worlds:
            monkeypatch.chdir(tmp_path_factory.mktemp(first.stem))
            list(_session(first))
            worlds[first] = Path.cwd()
        monkeypatch.chdir(copied(worlds[first], tmp_path / "world"))

    return entered


@pytest.fixture
def play(enter: Callable[[Path], None]) -> Callable[[Path], dict[str, tuple[int, int]]]:
    """Return what plays the session on a page and gives for each line the exit code it promises and the one it had."""

    def played(page: Path) -> dict[str, tuple[int, int]]:
        enter(page)
        return dict(_session(page))

    return played


@pytest.fixture
def shapes(
    enter: Callable[[Path], None], capsys: pytest.CaptureFixture[str]
) -> Callable[[Path], Iterator[tuple[str, Any, Any]]]:
    """Return what yields for each `json command=…` of a page its place, what it shows and what the command prints."""

    def shown(page: Path) -> Iterator[tuple[str, Any, Any]]:
        enter(page)
        for example in examples(page):
            if example.said("command"):
                capsys.readouterr()
                run([*example.said("command").split("+"), "--json"])
                yield example.place, json.loads(example.body), json.loads(capsys.readouterr().out)

    return shown


def _session(page: Path) -> Iterator[tuple[str, tuple[int, int]]]:
    for example in examples(page):
        if example.said("file"):
            path = Path(example.said("file"))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(example.body, encoding="utf-8")
        elif example.said("append"):
            with Path(example.said("append")).open("a", encoding="utf-8") as file:
                file.write(f"\n{example.body}")
        elif example.language == "bash":
            yield from _lines(example.body)


def _lines(session: str) -> Iterator[tuple[str, tuple[int, int]]]:
    for line in session.splitlines():
        promised = re.search(r"# exit (\d)$", line)
        for part in line.split(" && "):
            command = part.strip()
            if command and not command.startswith(("#", *ELSEWHERE)):
                yield command, (int(promised[1]) if promised else 0, _run(command))


def _run(command: str) -> int:
    words = shlex.split(command, comments=True)
    if words[0] == "cd":
        os.chdir(words[1])
        return 0
    if words[0] == "convener":
        return run(["--at", PRESENT, *words[1:]])
    return subprocess.run(words, check=False, capture_output=True).returncode
