"""What `[connectors.NAME]` with `plugin = "reports"` may say."""

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportsSettings:
    """Where reports go and in which formats."""

    folder: str = field(default="var/reports", metadata={"help": "folder for the reports, from the workspace"})
    formats: tuple[Literal["html", "csv", "json"], ...] = field(
        default=("html",),
        metadata={"help": "formats to write, the one to open first: `html`, `csv`, `json`"},
    )

    def __post_init__(self) -> None:
        if not self.formats:
            raise ValueError('formats must name at least one format, for example ["html"]')
