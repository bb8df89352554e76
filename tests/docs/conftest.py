"""What the tests of the pages share: the pages, and the examples on them by place."""

import os
import re
import shlex
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from convener.cli.app import run

ROOT = Path(__file__).parents[2]
FENCE = re.compile(r"^(?P<indent> *)```(?P<language>\w+)(?P<info>[^\n]*)\n(?P<body>.*?)^(?P=indent)```", re.M | re.S)
PRESENT = "2026-12-01T09:00+00:00"
"""The moment at which sessions are played that do not say one: before the example programmes begin."""
ELSEWHERE = ("make ", "convener daemon", "convener demo", "pip ", "systemctl ", "export ", "kill ")
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
        "toml": [e for e in every if e.language == "toml"],
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


@pytest.fixture
def play(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], Iterator[tuple[str, int]]]:
    """Return what plays the session on a page in an empty folder and yields each line with its exit code."""
    monkeypatch.setenv("SMTP_PASSWORD", "of the tests")
    monkeypatch.setenv("NO_COLOR", "1")

    def played(page: Path) -> Iterator[tuple[str, int]]:
        monkeypatch.chdir(tmp_path)
        for example in examples(page):
            if example.said("file"):
                _write(Path(example.said("file")), example.body)
            elif example.language == "bash":
                yield from _lines(example.body)

    return played


def _write(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")


def _lines(session: str) -> Iterator[tuple[str, int]]:
    for line in session.replace("\\\n", "").splitlines():
        for part in line.split(" && "):
            command = part.strip()
            if command and not command.startswith(("#", *ELSEWHERE)):
                yield command, _run(command)


def _run(command: str) -> int:
    words = shlex.split(command, comments=True)
    if words[0] == "cd":
        os.chdir(words[1])
        return 0
    if words[0] == "convener":
        return run(["--at", PRESENT, *words[1:]])
    return subprocess.run(words, check=False, capture_output=True).returncode
