"""One reader for every table file."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from convener import DataError
from convener_files.limits import Limits
from convener_files.reading import read_table


def test_text_and_workbook_read_alike(written: Callable[..., Path], workbook: Callable[..., Path]) -> None:
    """The same people in CSV, TSV with a mark, and XLSX are the same table."""
    paths = [
        written("a.csv", "id;name\n00123;Zoë\n"),
        written("a.tsv", "\ufeffid\tname\r\n00123\tZoë\r\n"),
        workbook("a.xlsx", [("id", "name"), ("00123", "Zoë")]),
    ]

    tables = [read_table(path, "people") for path in paths]

    assert tables[0] == tables[1] == tables[2]
    assert {"id": "00123", "name": "Zoë"} == dict(tables[0].rows[0].values)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.xls", b"x", "cannot read files that end in '.xls'"),
        ("a", b"x", "cannot read files that end in 'nothing'"),
        ("a.csv", b"PK\x03\x04", "this is a workbook, not text"),
        ("a.csv", b"", "the file is empty"),
        ("a.csv", b"x" * 101, "more than 100 bytes"),
    ],
)
def test_what_cannot_be_read_is_told(written: Callable[..., Path], name: str, content: bytes, message: str) -> None:
    """Each wrong file has one message and a cure."""
    with pytest.raises(DataError, match=message) as caught:
        read_table(written(name, content), name, limits=Limits(file_bytes=100))

    assert caught.value.hint


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    """A name that leads nowhere is told by that name."""
    with pytest.raises(DataError, match="june: no such file"):
        read_table(tmp_path / "june.csv", "june")


def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    """A name that would be read for ever is refused before it is opened."""
    os.mkfifo(tmp_path / "pipe.csv")

    with pytest.raises(DataError, match="not a file"):
        read_table(tmp_path / "pipe.csv", "pipe")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    """Nor is a folder."""
    (tmp_path / "folder.csv").mkdir()

    with pytest.raises(DataError, match="not a file"):
        read_table(tmp_path / "folder.csv", "folder")


def test_a_gigabyte_is_refused_by_its_size(tmp_path: Path) -> None:
    """A file of one endless line is not read to its end."""
    with (tmp_path / "huge.csv").open("wb") as stream:
        stream.truncate(1024**3)

    with pytest.raises(DataError, match="more than 20,971,520 bytes"):
        read_table(tmp_path / "huge.csv", "huge")
