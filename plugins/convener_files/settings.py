"""What `[connectors.NAME]` with `plugin = "files"` may say."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class FilesSettings:
    """Where the files are."""

    folder: str = field(default="data", metadata={"help": "folder of the files, inside the workspace"})
    coaches: str = field(
        default="coaches.csv",
        metadata={"help": "file of the coaches in that folder; empty for none"},
    )
    availability: str = field(
        default="{client}-availability.csv",
        metadata={"help": "file of the answers to a dates poll; `{client}` and `{programme}` are filled in"},
    )
    sheet: str = field(default="", metadata={"help": "worksheet to read from an XLSX file; the first when empty"})
