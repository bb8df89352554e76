"""The files connector."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
import xlsxwriter

from convener import DataError
from convener.bundled import bundled
from convener.testing import PollsContract, RosterContract
from convener_files.settings import FilesSettings
from convener_files.source import FilesConnector

Grid = Sequence[Sequence[str]]


def write_csv(path: Path, grid: Grid) -> None:
    """Write *grid* as a spreadsheet program would."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(grid)


class TestCsvRoster(RosterContract):
    """CSV files keep the promises of a roster."""

    def kind(self) -> type[FilesConnector]:
        """Return the class under contract."""
        return FilesConnector

    def make(self, workspace: Path, grid: Grid) -> tuple[FilesConnector, str]:
        """Put the grid into the connector's folder."""
        write_csv(workspace / "data" / "people.csv", grid)
        return FilesConnector(FilesSettings(), workspace), "people.csv"


class TestXlsxRoster(RosterContract):
    """XLSX files keep the same promises."""

    def kind(self) -> type[FilesConnector]:
        """Return the class under contract."""
        return FilesConnector

    def make(self, workspace: Path, grid: Grid) -> tuple[FilesConnector, str]:
        """Put the grid into a workbook, every cell as text."""
        (workspace / "data").mkdir(exist_ok=True)
        with xlsxwriter.Workbook(workspace / "data" / "people.xlsx", {"strings_to_formulas": False}) as book:
            sheet = book.add_worksheet()
            for line, row in enumerate(grid):
                for column, value in enumerate(row):
                    sheet.write_string(line, column, value)
        return FilesConnector(FilesSettings(), workspace), "people.xlsx"


class TestCsvPolls(PollsContract):
    """Answer files keep the promises of a poll source."""

    def kind(self) -> type[FilesConnector]:
        """Return the class under contract."""
        return FilesConnector

    def make(self, workspace: Path, answers: Mapping[tuple[str, str], Grid]) -> FilesConnector:
        """Put each grid into the file its client and programme name."""
        for (client, programme), grid in answers.items():
            write_csv(workspace / "data" / f"{client}-{programme}.csv", grid)
        return FilesConnector(FilesSettings(availability="{client}-{programme}.csv"), workspace)


@pytest.mark.parametrize(
    ("name", "columns", "rows"),
    [("northern-health.csv", 11, 40), ("brightwater.csv", 11, 60), ("northern-health-attendance.csv", 5, 40)],
)
def test_the_examples_load_unchanged(name: str, columns: int, rows: int) -> None:
    """R3: rosters and registers of the examples are read as they are."""
    table = FilesConnector(FilesSettings(), Path(str(bundled("data"))).parent).read_roster(name)

    assert columns == len(table.header)
    assert rows <= len(table.rows)


def test_answers_and_coaches_of_the_examples_load() -> None:
    """Several hundred columns of answers and the coaches' file are read as they are."""
    connector = FilesConnector(FilesSettings(), Path(str(bundled("data"))).parent)

    answers, coaches = connector.read_availability("brightwater", "lead-26"), connector.read_coaches()

    assert answers is not None
    assert ("email", 391, 64) == (answers.header[0], len(answers.header), len(answers.rows))
    assert coaches is not None
    assert 7 == len(coaches.rows)


def test_leading_zeros_of_the_example_survive() -> None:
    """R3: a staff number is text."""
    table = FilesConnector(FilesSettings(), Path(str(bundled("data"))).parent).read_roster("northern-health.csv")

    assert "00101" == table.rows[0].values["Staff no"]


def test_the_default_coaches_file_may_be_absent(tmp_path: Path) -> None:
    """Without the file of the default name there are no coaches; a name that was chosen must be there."""
    assert None is FilesConnector(FilesSettings(), tmp_path).read_coaches()
    assert None is FilesConnector(FilesSettings(coaches=""), tmp_path).read_coaches()
    with pytest.raises(DataError, match=r"advisers\.csv: no such file"):
        FilesConnector(FilesSettings(coaches="advisers.csv"), tmp_path).read_coaches()


def test_a_file_named_in_full_is_read_wherever_it_is(tmp_path: Path) -> None:
    """An operator may name any file; the message calls it what they typed."""
    write_csv(tmp_path / "elsewhere" / "june.csv", [("id",), ("1",)])
    workspace = tmp_path / "workspace"
    workspace.mkdir()

    table = FilesConnector(FilesSettings(), workspace).read_roster(str(tmp_path / "elsewhere" / "june.csv"))

    assert str(tmp_path / "elsewhere" / "june.csv") == table.source
    assert 1 == len(table.rows)


def test_the_worksheet_is_an_option(tmp_path: Path) -> None:
    """A workbook with several sheets is read at the one that was named."""
    with xlsxwriter.Workbook(tmp_path / "book.xlsx") as book:
        book.add_worksheet("Notes").write_string(0, 0, "draft")
        book.add_worksheet("People").write_string(0, 0, "id")

    assert ("draft",) == FilesConnector(FilesSettings(), tmp_path).read_roster("book.xlsx").header
    assert ("id",) == FilesConnector(FilesSettings(sheet="People"), tmp_path).read_roster("book.xlsx").header
    with pytest.raises(DataError, match=r"no worksheet 'Coaches'; there are: Notes, People"):
        FilesConnector(FilesSettings(sheet="Coaches"), tmp_path).read_roster("book.xlsx")
