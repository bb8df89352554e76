"""What is written beside the code: reasons for suppressions, no paths of a machine, well-named news."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.checkout

SUPPRESSION = re.compile(r"#\s*(?:noqa|type:\s*ignore|pyright:\s*ignore|pragma:\s*no cover|nosec)(?P<rest>.*)$")
REASON = re.compile(r"^(?::\s*[A-Z0-9, ]+?|\s*\[[\w\-, ]+\])?\s*(?:#|-|—)\s*\w+")
MACHINE = re.compile(r"(?<![\w.])/(?:home|Users|root|work)/\w")
WRITTEN = ("*.md", "*.py", "*.toml", "*.j2", "*.sh", "Makefile", "run")
FOLDERS = ("core", "plugins", "tests", "docs", "examples", "bench", "templates", "rulesets", ".ci")
NEWS = re.compile(r"^\d+\.(added|changed|fixed|removed)\.md$")


def texts(root: Path) -> Iterator[tuple[Path, str]]:
    """Yield every file that people wrote, with its content."""
    found = [path for folder in FOLDERS for pattern in WRITTEN for path in (root / folder).rglob(pattern)]
    found += [path for pattern in WRITTEN for path in root.glob(pattern)]
    for path in sorted({path for path in found if path.is_file()}):
        yield path, path.read_text(encoding="utf-8")


def test_every_suppression_has_a_reason(root: Path) -> None:
    """A check is switched off only with the reason on the same line."""
    bare = [
        f"{path.relative_to(root)}:{number}"
        for path, text in texts(root)
        if path.suffix == ".py" and path.name != "test_words.py"
        for number, line in enumerate(text.splitlines(), 1)
        if (found := SUPPRESSION.search(line)) and not REASON.match(found["rest"])
    ]

    assert "" == "\n".join(bare)


def test_no_path_of_a_machine_is_written_down(root: Path) -> None:
    """Nothing names a folder that only one computer has."""
    named = [
        f"{path.relative_to(root)}:{number}"
        for path, text in texts(root)
        for number, line in enumerate(text.splitlines(), 1)
        if MACHINE.search(line)
    ]

    assert "" == "\n".join(named)


def test_news_fragments_are_well_named(root: Path) -> None:
    """A fragment is called ISSUE.KIND.md, so that towncrier finds it."""
    names = [path.name for path in (root / "changelog.d").iterdir() if not path.name.startswith(".")]

    assert [] == [name for name in names if not NEWS.match(name)]
