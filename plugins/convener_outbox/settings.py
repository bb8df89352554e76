"""What `[connectors.NAME]` with `plugin = "outbox"` may say."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxSettings:
    """Where the messages go and whom they come from."""

    folder: str = field(default="var/outbox", metadata={"help": "folder for the messages, from the workspace"})
    sender_name: str = field(default="Convener", metadata={"help": "name in From; the workspace's when absent"})
    sender_email: str = field(
        default="convener@localhost",
        metadata={"help": "address in From; the workspace's when absent"},
    )
