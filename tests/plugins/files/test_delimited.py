"""CSV text."""

import pytest

from convener import DataError
from convener_files.delimited import decode, lines, separator


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("id,name,email\n", ","),
        ("id;name;email\n1;a,b,c,d;x\n", ";"),
        ("id\tname\n", "\t"),
        ('id;"a,b,c,d";name\n', ";"),
        ("email\n", ","),
        ("\n\n;;\nid;name\n", ";"),
        ("", ","),
    ],
)
def test_the_separator_is_that_of_the_header(text: str, expected: str) -> None:
    """Comma, semicolon or TAB, whichever stands most often in the first line, quoted text aside."""
    assert expected == separator(text)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_utf8_is_read_with_and_without_a_mark(mark: bytes) -> None:
    """The mark that spreadsheet programs write is no part of the first heading."""
    assert "name\nZoë" == decode("a.csv", mark + "name\nZoë".encode())


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_with_a_mark_is_read(encoding: str) -> None:
    """'Unicode text' of spreadsheet programs is read as it is."""
    assert "name\nZoë" == decode("a.csv", "\ufeffname\nZoë".encode(encoding))


def test_another_encoding_is_told_with_its_line() -> None:
    """A byte that is no UTF-8 is shown with line and cure; no guess is made."""
    with pytest.raises(DataError, match=r"a\.csv:2: byte 0xeb is not UTF-8") as caught:
        decode("a.csv", "name\nZoë".encode("latin-1"))

    assert "save the file as 'CSV UTF-8'" == caught.value.hint


@pytest.mark.parametrize("content", ["name\nZoë".encode("utf-16-le"), b"id\n\0\n", b"\0" * 9])
def test_nul_bytes_are_refused(content: bytes) -> None:
    """UTF-16 without a mark and binary files are told as what they are."""
    with pytest.raises(DataError, match="NUL bytes"):
        decode("a.csv", content)


def test_half_a_utf16_character_is_refused() -> None:
    """A file cut in the middle of a character is told."""
    with pytest.raises(DataError, match="is not UTF-16"):
        decode("a.csv", "\ufeffid".encode("utf-16-le") + b"x")


def test_a_record_knows_the_line_it_starts_on() -> None:
    """Line breaks inside quotes and blank lines do not shift the numbers; all line ends count."""
    text = 'id,note\r\n1,"a\r\nb"\r\n\r\n2,c\r3,d\n'

    assert [(1, "id"), (2, "1"), (5, "2"), (6, "3")] == [(n, cells[0]) for n, cells in lines("a.csv", text) if cells]


@pytest.mark.parametrize("text", ['id\n"open\n2\n3\n', 'id\n"a"b\n', 'id\n"'])
def test_a_lone_quotation_mark_is_told_with_its_record(text: str) -> None:
    """The line is that of the record that never ends, not the end of the file."""
    with pytest.raises(DataError, match=r"a\.csv:2: a quotation mark is never closed"):
        list(lines("a.csv", text))


def test_a_quotation_mark_inside_a_value_is_text() -> None:
    """Only a mark at the beginning of a value opens a quotation."""
    assert [(1, ['O"Neil'])] == list(lines("a.csv", 'O"Neil\n'))
