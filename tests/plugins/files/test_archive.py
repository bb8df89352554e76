"""XLSX files as archives."""

import io
import struct
import zipfile

import pytest

from convener import DataError
from convener_files.archive import repacked
from convener_files.limits import MEGABYTE, Limits


def archive(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip archive of *parts*."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return target.getvalue()


def test_only_the_parts_that_hold_cells_are_passed_on() -> None:
    """Pictures and programs stay behind; XML is unpacked and whole."""
    parts = {"xl/sheet.xml": b"<x/>", "_rels/.rels": b"<r/>", "xl/media/a.png": b"png", "xl/vbaProject.bin": b"vba"}

    with zipfile.ZipFile(io.BytesIO(repacked("a.xlsx", archive(parts), Limits()))) as fresh:
        assert {"xl/sheet.xml": b"<x/>", "_rels/.rels": b"<r/>"} == {
            name: fresh.read(name) for name in fresh.namelist()
        }
        assert {zipfile.ZIP_STORED} == {part.compress_type for part in fresh.infolist()}


def test_a_bomb_is_seen_in_the_directory() -> None:
    """Parts that together unpack to more than the ceiling are refused before any is."""
    bomb = archive({f"xl/{number}.xml": b" " * MEGABYTE for number in range(4)})

    with pytest.raises(DataError, match="bytes when unpacked"):
        repacked("a.xlsx", bomb, Limits(unpacked=3 * MEGABYTE))


def test_a_part_packed_beyond_belief_is_refused() -> None:
    """No sheet shrinks a thousand times."""
    with pytest.raises(DataError, match="more than 200 times smaller"):
        repacked("a.xlsx", archive({"xl/a.xml": b" " * 2 * MEGABYTE}), Limits())


def test_a_declared_size_that_lies_does_not_help() -> None:
    """What is passed on is what was counted, whatever the directory says: here it says ten bytes."""
    honest = archive({"xl/a.xml": b"<x>" + b"y" * 5000 + b"</x>"})
    lying = honest.replace(struct.pack("<L", 5007), struct.pack("<L", 10))

    with pytest.raises(DataError, match="not a whole XLSX file"):
        repacked("a.xlsx", lying, Limits())


def test_too_many_parts_are_refused() -> None:
    """A directory of thousands of entries is no workbook."""
    with pytest.raises(DataError, match="more than 3 parts"):
        repacked("a.xlsx", archive({f"{number}.xml": b"" for number in range(4)}), Limits(entries=3))


@pytest.mark.parametrize(
    "content",
    [b"", b"id,name\n", b"PK\x03\x04 cut", archive({"a.xml": b"<x/>" * 99})[:-30]],
    ids=["empty", "text", "start", "end-missing"],
)
def test_what_is_no_whole_archive_is_told(content: bytes) -> None:
    """Text with the wrong ending and a file cut short get one message."""
    with pytest.raises(DataError, match=r"a\.xlsx: not a whole XLSX file"):
        repacked("a.xlsx", content, Limits())


def test_a_protected_or_old_file_is_told() -> None:
    """The container of old and of encrypted workbooks is recognised."""
    with pytest.raises(DataError, match=r"protected by a password, or an old \.xls"):
        repacked("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, Limits())
