"""Which file a name means."""

from collections.abc import Callable
from pathlib import Path

import pytest

from convener import DataError
from convener_files.location import locate, shown


def test_the_folder_comes_before_the_workspace(written: Callable[..., Path], tmp_path: Path) -> None:
    """A file in both places is read from the connector's folder."""
    inner, outer = written("data/a.csv", "id"), written("a.csv", "id")
    only = written("registers/b.csv", "id")

    assert inner == locate("a.csv", "data", tmp_path)
    assert outer == locate("a.csv", "empty", tmp_path)
    assert only == locate("registers/b.csv", "data", tmp_path)


@pytest.mark.parametrize("name", ["../secret.csv", "data/../../secret.csv", "../workspace/../secret.csv"])
def test_no_name_leads_out_of_the_workspace(name: str, tmp_path: Path) -> None:
    """Steps upwards that end outside are refused, whether a file is there or not."""
    workspace = tmp_path / "workspace"
    workspace.mkdir()
    (tmp_path / "secret.csv").write_text("id")

    with pytest.raises(DataError, match="leads out of the workspace"):
        locate(name, ".", workspace)


def test_no_link_leads_out_of_the_workspace(tmp_path: Path) -> None:
    """A link inside that points outside is refused, for a file and for a folder."""
    workspace, outside = tmp_path / "workspace", tmp_path / "outside"
    (workspace / "data").mkdir(parents=True)
    outside.mkdir()
    (outside / "a.csv").write_text("id")
    (workspace / "data" / "file.csv").symlink_to(outside / "a.csv")
    (workspace / "data" / "folder").symlink_to(outside)

    for name in ("file.csv", "folder/a.csv"):
        with pytest.raises(DataError, match="leads out of the workspace"):
            locate(name, "data", workspace)


@pytest.mark.parametrize("name", ["", "  ", "a\0.csv"])
def test_a_name_is_needed(name: str, tmp_path: Path) -> None:
    """No name, or one that no file can have, is told."""
    with pytest.raises(DataError, match="a file needs a name"):
        locate(name, "data", tmp_path)


def test_a_file_is_called_by_its_place_in_the_workspace(tmp_path: Path) -> None:
    """Messages are the same on every machine for files inside."""
    assert "data/a.csv" == shown(tmp_path / "data" / "a.csv", tmp_path)
    assert "/etc/a.csv" == shown(Path("/etc/a.csv"), tmp_path)
