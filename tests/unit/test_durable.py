"""Files that are there whole or not at all."""

from pathlib import Path

import pytest

from convener.durable import write_whole


def test_a_file_is_written_whole_into_a_new_folder(tmp_path: Path) -> None:
    """Folders are made; nothing else is left in them."""
    write_whole(tmp_path / "a" / "b" / "c.txt", b"whole")

    assert [b"whole"] == [path.read_bytes() for path in (tmp_path / "a" / "b").iterdir()]


def test_a_file_is_replaced_at_once(tmp_path: Path) -> None:
    """An earlier file of the name is gone, also when it was longer."""
    write_whole(tmp_path / "c.txt", b"first and longer")
    write_whole(tmp_path / "c.txt", b"second")

    assert b"second" == (tmp_path / "c.txt").read_bytes()


def test_a_failure_leaves_nothing_behind(tmp_path: Path) -> None:
    """When the name is taken by a folder, no half file stays beside it."""
    (tmp_path / "c.txt").mkdir()

    with pytest.raises(OSError, match=r"c\.txt"):
        write_whole(tmp_path / "c.txt", b"whole")

    assert ["c.txt"] == [path.name for path in tmp_path.iterdir()]


def test_a_file_is_for_its_owner_only(tmp_path: Path) -> None:
    """What names people is not for every user of the machine."""
    write_whole(tmp_path / "c.txt", b"whole")

    assert 0o600 == (tmp_path / "c.txt").stat().st_mode & 0o777


def test_a_file_that_is_replaced_keeps_who_may_read_it(tmp_path: Path) -> None:
    """A rule file that a command adds to can still be read by the daemon's own user."""
    file = tmp_path / "c.txt"
    file.write_bytes(b"first")
    file.chmod(0o644)
    write_whole(file, b"second")

    assert 0o644 == file.stat().st_mode & 0o777
