"""Telling whether rule files have changed."""

import os
from pathlib import Path

import pytest

from convener.operations.stamps import digest_of, looks_of, own_files, sources, stamp_of

CLIENT = 'extends = ["base@1"]\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a workspace with a client, its pack and the pack below that."""
    (tmp_path / "rulesets").mkdir()
    for name, text in {"acme": CLIENT, "base": 'extends = ["deep@2"]\n', "deep": "", "other": ""}.items():
        (tmp_path / "rulesets" / f"{name}.toml").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", ["acme", "base", "deep"])
def test_every_file_below_a_client_counts(folder: Path, name: str) -> None:
    """A change of the client, of its pack or of the pack's own pack is another stamp."""
    before = stamp_of(folder, "acme")
    (folder / "rulesets" / f"{name}.toml").write_text(f"{CLIENT}# changed\n", encoding="utf-8")

    assert before != stamp_of(folder, "acme")


def test_what_is_not_below_a_client_does_not_count(folder: Path) -> None:
    """Another client, or a pack nobody extends, changes nothing."""
    before = stamp_of(folder, "acme")
    (folder / "rulesets" / "other.toml").write_text("# changed\n", encoding="utf-8")

    assert before == stamp_of(folder, "acme")


def test_what_stands_around_the_files_counts(folder: Path) -> None:
    """The version and the plugins are part of what rules mean."""
    assert stamp_of(folder, "acme", "1.0") != stamp_of(folder, "acme", "1.1")


def test_packs_that_name_each_other_end(folder: Path) -> None:
    """A circle is a problem for `check`, not an endless walk here."""
    (folder / "rulesets" / "deep.toml").write_text('extends = ["base@1"]\n', encoding="utf-8")

    assert 64 == len(stamp_of(folder, "acme"))


def test_a_pack_of_any_name_counts(folder: Path) -> None:
    """A name may hold capitals, dots and underscores: the daemon sees a change of such a pack too."""
    (folder / "rulesets" / "acme.toml").write_text('extends = ["Base_v2.x@1"]\n', encoding="utf-8")
    pack = folder / "rulesets" / "Base_v2.x.toml"
    pack.write_text("", encoding="utf-8")
    before = stamp_of(folder, "acme")
    pack.write_text("# changed\n", encoding="utf-8")

    assert before != stamp_of(folder, "acme")


def test_a_file_of_one_endless_word_has_a_stamp(folder: Path) -> None:
    """The search for packs is linear, and ends where the reading of rule files ends: at 256 KB."""
    file = folder / "rulesets" / "acme.toml"
    file.write_bytes(b"a" * 300_000)
    before = stamp_of(folder, "acme")
    file.write_bytes(b"a" * 400_000)

    assert before == stamp_of(folder, "acme")


def test_bytes_that_are_no_text_count_too(folder: Path) -> None:
    """A file that cannot be read as TOML has a stamp like any other, and so has one that is not there."""
    (folder / "rulesets" / "acme.toml").write_bytes(b"\xff\xfe\x00")

    assert stamp_of(folder, "acme") != stamp_of(folder, "nobody")


def test_a_file_of_the_same_size_looks_different_when_it_is_replaced(folder: Path) -> None:
    """Editors write beside a file and rename over it, sometimes within one tick of the clock."""
    file = folder / "rulesets" / "acme.toml"
    before = looks_of(folder, "rulesets")
    beside = file.with_suffix(".part")
    beside.write_bytes(file.read_bytes())
    beside.replace(file)

    assert before != looks_of(folder, "rulesets")


def test_a_folder_that_is_not_there_looks_empty(folder: Path) -> None:
    """A workspace need not have templates of its own."""
    assert () == looks_of(folder, "templates")


def test_bytes_that_change_under_an_old_time_look_different(folder: Path) -> None:
    """Tools that keep times, and somebody who sets one back, do not hide an edit of the same size."""
    file = folder / "rulesets" / "acme.toml"
    before, seen = looks_of(folder, "rulesets"), file.stat()
    file.write_bytes(file.read_bytes().replace(b"1", b"2"))
    os.utime(file, ns=(seen.st_atime_ns, seen.st_mtime_ns))

    assert before != looks_of(folder, "rulesets")


def test_the_stamp_is_the_digest_of_what_a_client_comes_from(folder: Path) -> None:
    """Whoever has the bytes can tell whether they are those that were read."""
    assert stamp_of(folder, "acme", "x") == digest_of(sources(folder, "acme"), "x")


def test_own_files_are_those_of_the_workspace(folder: Path) -> None:
    """A pack that was shipped comes with the next version anyway."""
    (folder / "rulesets" / "acme.toml").write_text('extends = ["small-group-coaching@1", "deep@1"]\n', encoding="utf-8")

    assert {"acme", "deep"} == {name for name, _ in own_files(sources(folder, "acme"))}
