"""Finding packs, theirs over ours."""

from collections.abc import Callable
from pathlib import Path

from convener.documents import read_document
from convener.errors import Place
from convener.rulesets.packs import Packs

Write = Callable[..., Path]
HEAD = 'schema = 1\nextends = {}\n\n[pack]\nid = "{}"\nversion = "{}"\n'


def extended(folder: Path, shipped: Path) -> Packs:
    """Return the packs that the client `harbour` extends."""
    packs = Packs(folder / "rulesets", shipped)
    packs.extend(read_document(folder / "rulesets" / "harbour.toml", name="rulesets/harbour.toml"))
    return packs


def test_packs_are_laid_lowest_first_and_each_once(write: Write, tmp_path: Path) -> None:
    """A pack that two others extend comes once, below both."""
    folder = write(
        harbour='extends = ["left@1", "right@1"]',
        left=HEAD.format('["ground@2"]', "left", "1.0.0"),
        right=HEAD.format('["ground@2"]', "right", "1.9.0"),
        ground=HEAD.format("[]", "ground", "2.0.1"),
    )

    packs = extended(folder, tmp_path / "shipped")

    assert [] == packs.problems
    assert ["rulesets/ground.toml", "rulesets/left.toml", "rulesets/right.toml"] == [each.file for each in packs.layers]


def test_a_shipped_pack_is_found_where_the_workspace_has_none(write: Write, tmp_path: Path) -> None:
    """What ships is there without a copy, and its name says that it is ours."""
    (tmp_path / "shipped").mkdir()
    (tmp_path / "shipped" / "ours.toml").write_text(HEAD.format("[]", "ours", "1.0.0"), encoding="utf-8")

    packs = extended(write(harbour='extends = ["ours@1"]'), tmp_path / "shipped")

    assert ["shipped/ours.toml"] == [each.file for each in packs.layers]


def test_a_pack_of_the_workspace_stands_over_the_shipped_one_it_extends(write: Write, tmp_path: Path) -> None:
    """A workspace may adapt a shipped pack under the same name."""
    (tmp_path / "shipped").mkdir()
    (tmp_path / "shipped" / "ours.toml").write_text(HEAD.format("[]", "ours", "1.0.0"), encoding="utf-8")
    folder = write(harbour='extends = ["ours@1"]', ours=HEAD.format('["ours@1"]', "ours", "1.4.0"))

    packs = extended(folder, tmp_path / "shipped")

    assert [] == packs.problems
    assert ["shipped/ours.toml", "rulesets/ours.toml"] == [each.file for each in packs.layers]


def test_a_pack_that_extends_itself_is_a_cycle(write: Write, tmp_path: Path) -> None:
    """Without a shipped one of its name a pack cannot extend itself."""
    folder = write(harbour='extends = ["ours@1"]', ours=HEAD.format('["ours@1"]', "ours", "1.4.0"))

    (problem,) = extended(folder, tmp_path / "shipped").problems

    assert ("cycle", Place("rulesets/ours.toml", 2, 12)) == (problem.code, problem.place)


def test_a_pack_that_cannot_be_read_is_told_at_its_own_place(write: Write, tmp_path: Path) -> None:
    """A syntax error in a pack is found in the pack."""
    folder = write(harbour='extends = ["ours@1"]', ours="schema = 1\nid = x")

    (problem,) = extended(folder, tmp_path / "shipped").problems

    assert ("toml-syntax", Place("rulesets/ours.toml", 2, 6)) == (problem.code, problem.place)
