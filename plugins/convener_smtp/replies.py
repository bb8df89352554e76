"""What an answer of a mail server means for the dispatch (RFC 5321 §4.2, enhanced codes of RFC 3463).

The server's own words are never repeated: they often hold the address.
"""

import re
from enum import StrEnum

from convener import ConnectorError, Delay, PermanentError, RetryError


class Stage(StrEnum):
    """How far the conversation had come."""

    GREETING = "greeting"
    SIGN_IN = "sign-in"
    SENDER = "sender"
    RECIPIENT = "recipient"
    CONTENT = "content"


OURS = frozenset({Stage.GREETING, Stage.SIGN_IN, Stage.SENDER})
"""Stages whose refusal is about this installation, not about one message: a person mends it and nothing is lost."""
UNSIGNED = frozenset({530, 534, 535, 538})
"""Codes of a server that wants us to sign in, or otherwise, at whatever stage (RFC 4954 §6)."""
TOO_BIG = frozenset({"5.2.3", "5.3.4"})
"""The message is larger than the mailbox, or the server, takes."""
NO_ROOM = frozenset({"4.2.2", "4.3.1", "5.2.2", "5.3.1"})
"""The mailbox or the server is full; a mailbox over its quota is emptied some day, whatever the first digit says."""
NOBODY = frozenset({"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"})
"""No such mailbox or domain, no address at all, moved away, takes no mail, disabled."""
BARE_NOBODY = frozenset({550, 551, 553})
"""What a server without enhanced codes says of a recipient whom it does not know."""
GIVES_UP = 500
"""Codes from here on are final."""
CODES = range(200, 600)
"""What a mail server may say at all."""


def refusal(stage: Stage, code: int, reply: bytes) -> ConnectorError:
    """Return the error that *code* at *stage* stands for."""
    enhanced = _enhanced(reply)
    figures = f"{code} {enhanced}".rstrip()
    if code not in CODES:
        return RetryError(f"the mail server answered the {stage} with what is no answer", delay=Delay.BUSY)
    if code in UNSIGNED or (stage in OURS and code >= GIVES_UP and not _too_big(code, enhanced)):
        return RetryError(f"the mail server refused the {stage}: {figures}", delay=Delay.MISCONFIGURED)
    if code >= GIVES_UP and enhanced not in NO_ROOM:
        dead = enhanced in NOBODY if enhanced else stage is Stage.RECIPIENT and code in BARE_NOBODY
        return PermanentError(f"the mail server refused the {stage} for good: {figures}", dead=dead)
    return RetryError(f"the mail server does not take the {stage} now: {figures}", delay=_delay(stage, code, enhanced))


def _too_big(code: int, enhanced: str) -> bool:
    return enhanced in TOO_BIG or (code == 552 and not enhanced)  # noqa: PLR2004 - RFC 1870 §6


def _delay(stage: Stage, code: int, enhanced: str) -> Delay:
    """Tell greylisting, which passes in minutes, from a full mailbox, which takes days."""
    if enhanced in NO_ROOM or (code == 452 and not enhanced):  # noqa: PLR2004 - insufficient system storage
        return Delay.FULL
    greylists = enhanced.startswith("4.7.") or (code in {450, 451} and not enhanced)
    if greylists and stage not in OURS and (enhanced or stage is Stage.RECIPIENT):
        return Delay.GREYLISTED
    return Delay.BUSY


def _enhanced(reply: bytes) -> str:
    found = re.match(rb"[245]\.\d{1,3}\.\d{1,3}\b", reply)
    return found[0].decode() if found else ""
