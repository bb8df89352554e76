"""A row that is not as it must be."""

from dataclasses import dataclass

from sqlalchemy import Row, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One row and what is wrong with it."""

    table: str
    row: str
    """Its primary key, joined by slashes; may hold the id of a person."""
    reason: str


def fault_of(table: Table, row: Row[tuple[object, ...]], reason: str) -> Fault:
    """Return the fault of a row of *table*."""
    names = (column.name for column in table.primary_key)
    return Fault(table=table.name, row="/".join(str(getattr(row, name)) for name in names), reason=reason)
