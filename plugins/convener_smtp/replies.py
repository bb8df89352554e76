"""What an answer of a mail server means for the dispatch (RFC 5321 §4.2, enhanced codes of RFC 3463).

The server's own words are never repeated: they often hold the address.
"""

import re
from enum import StrEnum
from types import MappingProxyType

from convener import ConnectorError, PermanentError, RetryError


class Stage(StrEnum):
    """How far the conversation had come."""

    GREETING = "greeting"
    SIGN_IN = "sign-in"
    SENDER = "sender"
    RECIPIENT = "recipient"
    CONTENT = "content"


OURS = frozenset({Stage.GREETING, Stage.SIGN_IN, Stage.SENDER})
"""Stages whose refusal is about this installation, not about one message: a person mends it and nothing is lost."""
LADDER = MappingProxyType({421: 120.0, 450: 300.0, 451: 300.0, 452: 900.0, 454: 300.0})
"""Seconds before another try, by code: busy, greylisted, local trouble, full, sign-in out of order."""
MENDING = 900.0
"""Seconds before another try when a person must mend the configuration."""
GIVES_UP = 500
"""Codes from here on are final."""


def refusal(stage: Stage, code: int, reply: bytes) -> ConnectorError:
    """Return the error that *code* at *stage* stands for."""
    figures = f"{code}{_enhanced(reply)}"
    if stage in OURS:
        wait = LADDER.get(code, MENDING)
        return RetryError(f"the mail server refused the {stage}: {figures}", retry_after=wait)
    if code >= GIVES_UP:
        return PermanentError(f"the mail server refused the {stage} for good: {figures}")
    return RetryError(f"the mail server does not take the {stage} now: {figures}", retry_after=LADDER.get(code))


def _enhanced(reply: bytes) -> str:
    found = re.match(rb"[245]\.\d{1,3}\.\d{1,3}\b", reply)
    return f" {found[0].decode()}" if found else ""
