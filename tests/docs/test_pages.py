"""The pages hold together: links resolve, one sentence stands on a line, every plugin tells the same things."""

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.checkout

LINK = re.compile(r"\]\((?P<target>[^)\s]+)\)")
BLOCK = re.compile(r"(?ms)^ *```.*?^ *```$")
SECOND = re.compile(r"[a-z0-9)`\"][.?!] +[A-Z`*]")
"""The end of a sentence and the beginning of another on the same line."""
HEADINGS = ("Install", "Configure", "Remove")


def prose(page: Path) -> str:
    """Return the text of *page* without its examples."""
    return BLOCK.sub("", page.read_text(encoding="utf-8"))


def anchors(page: Path) -> set[str]:
    """Return what a link may point to inside *page*."""
    headings = re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_links_lead_somewhere(page: Path) -> None:
    """Every relative link names a file of the repository, and a heading in it if it names one."""
    targets = [found["target"] for found in LINK.finditer(prose(page)) if "://" not in found["target"]]
    parts = [target.partition("#") for target in targets]
    files = [((page.parent / name).resolve() if name else page, anchor) for name, _, anchor in parts]

    assert [] == [str(file) for file, _ in files if not file.exists()]
    assert [] == [f"{file}#{anchor}" for file, anchor in files if anchor and anchor not in anchors(file)]


def test_every_page_is_in_the_index(root: Path) -> None:
    """The index names every page, decisions aside, which are a record."""
    index = root / "docs" / "README.md"
    named = {(index.parent / found["target"]).resolve() for found in LINK.finditer(prose(index))}
    kinds = ("tutorial", "how-to", "reference", "explanation")

    assert set() == {page for kind in kinds for page in (root / "docs" / kind).rglob("*.md")} - named


def test_one_sentence_stands_on_a_line(page: Path) -> None:
    """A changed sentence is one changed line; tables and lists keep theirs short."""
    lines = [line for line in prose(page).splitlines() if not line.lstrip().startswith(("|", "- ", "* ", "#", "<!--"))]

    assert [] == [line for line in lines if SECOND.search(line)]


def test_every_page_has_one_title(page: Path) -> None:
    """A page begins with its only heading of the first level."""
    titles = re.findall(r"^# .+$", prose(page), re.MULTILINE)

    assert 1 == len(titles)


def test_every_plugin_says_how_to_install_configure_and_remove_it(root: Path) -> None:
    """The page of each plugin has the three headings."""
    pages = [*(root / "plugins").glob("*/README.md"), root / "examples" / "third-party-plugin" / "README.md"]
    lacking = [
        (page.parent.name, h) for page in pages for h in HEADINGS if f"\n## {h}\n" not in page.read_text("utf-8")
    ]

    assert {path for path in (root / "plugins").iterdir() if (path / "__init__.py").is_file()} == {
        page.parent for page in pages[:-1]
    }
    assert [] == lacking
