"""What a report is made of: figures, tables and words, each tagged with the field that visibility asks about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Cell = str | int | float | date | datetime | None
"""One value of a table."""
Unit = Literal["share", "mean"]
"""A share lies between 0 and 1; a mean is on the scale that its label names."""
PLACES = 4
"""Decimals of a value in JSON and CSV."""


def ratio(numerator: int, denominator: int) -> float | None:
    """Return *numerator* / *denominator* rounded to `PLACES` decimals, None when there is nothing to divide by."""
    return round(numerator / denominator, PLACES) if denominator else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number with what it was made of."""

    id: str
    label: str
    numerator: int
    denominator: int
    unit: Unit = "share"
    as_of: date

    @property
    def value(self) -> float | None:
        """Numerator over denominator, None without a denominator."""
        return ratio(self.numerator, self.denominator)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table; *field* is what the visibility rule must list for it to leave the house."""

    id: str
    label: str
    field: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A titled table; it leaves only when every field of *needs* may, and then without its hidden columns."""

    id: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    needs: tuple[str, ...] = ()

    def records(self) -> list[dict[str, Cell]]:
        """Return the rows as mappings by column id."""
        names = [column.id for column in self.columns]
        return [dict(zip(names, row, strict=True)) for row in self.rows]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything one audience gets to see of one programme on one day."""

    client: str
    client_name: str
    programme: str
    title: str
    as_of: date
    zone: str
    locale: str
    words: Mapping[str, str]
    """The client's words for pod, session, participant, coach and manager."""
    figures: tuple[Figure, ...]
    tables: tuple[Table, ...]
    floor: float | None = None
    """The share of places that everybody should reach, None when none is agreed."""
    comments: tuple[str, ...] = ()
    """Comments released for this audience; what participants write has no place in the register yet, so none."""
    definitions: tuple[tuple[str, str], ...] = ()
    """Term and meaning, for the foot of the page."""

    def figure(self, name: str) -> Figure | None:
        """Return the figure of that id, None when it was not made or may not be seen."""
        return next((figure for figure in self.figures if figure.id == name), None)

    def records(self, table: str) -> list[dict[str, Cell]]:
        """Return the rows of that table, none when it was not made or may not be seen."""
        return next((found.records() for found in self.tables if found.id == table), [])
