"""What `[connectors.NAME]` with `plugin = "console"` may say."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsoleSettings:
    """How to print."""

    width: int = field(default=80, metadata={"help": "characters of a printed line"})
