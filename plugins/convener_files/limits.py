"""How large a file may be; checked before and while it is read, so that no file can stop the rest."""

from dataclasses import dataclass

from convener import DataError

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Ceilings, each far above any roster and far below what hurts."""

    file_bytes: int = 20 * MEGABYTE
    rows: int = 50_000
    columns: int = 2_000
    cells: int = 1_000_000
    field: int = 10_000
    """Characters of one value."""
    entries: int = 1_000
    """Parts of an XLSX archive."""
    unpacked: int = 50 * MEGABYTE
    """Bytes of all parts of an XLSX archive together."""
    ratio: int = 200
    """How many times larger than packed a part of over a megabyte may be."""
    memory: int = 768 * MEGABYTE
    """Address space of the process that parses an XLSX file."""
    seconds: int = 20
    """Processor seconds of that process."""


LIMITS = Limits()


def too_many(source: str, what: str, most: int) -> DataError:
    """Return the refusal of a file with more than *most* of *what*."""
    return DataError(f"{source}: more than {most:,} {what}", hint="split the file or remove what is not needed")
