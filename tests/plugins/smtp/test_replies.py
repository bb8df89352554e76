"""What an answer means."""

import pytest

from convener import Delay, PermanentError, RetryError
from convener_smtp.replies import Stage, refusal

BUSY, GREY, FULL, OURS = Delay.BUSY, Delay.GREYLISTED, Delay.FULL, Delay.MISCONFIGURED


@pytest.mark.parametrize(
    ("stage", "reply", "delay"),
    [
        (Stage.GREETING, "421", BUSY),
        (Stage.GREETING, "554", OURS),
        (Stage.GREETING, "450 4.7.1", BUSY),
        (Stage.SIGN_IN, "454 4.7.0", BUSY),
        (Stage.SIGN_IN, "535 5.7.8", OURS),
        (Stage.SENDER, "451 4.7.1", BUSY),
        (Stage.SENDER, "452", FULL),
        (Stage.SENDER, "550 5.1.8", OURS),
        (Stage.RECIPIENT, "450", GREY),
        (Stage.RECIPIENT, "451", GREY),
        (Stage.RECIPIENT, "450 4.7.1", GREY),
        (Stage.RECIPIENT, "450 4.2.1", BUSY),
        (Stage.RECIPIENT, "452", FULL),
        (Stage.RECIPIENT, "452 4.2.2", FULL),
        (Stage.RECIPIENT, "552 5.2.2", FULL),
        (Stage.RECIPIENT, "452 4.5.3", BUSY),
        (Stage.RECIPIENT, "499", BUSY),
        (Stage.RECIPIENT, "530 5.7.0", OURS),
        (Stage.CONTENT, "451", BUSY),
        (Stage.CONTENT, "451 4.7.1", GREY),
        (Stage.CONTENT, "452 4.3.1", FULL),
        (Stage.CONTENT, "250", BUSY),
        (Stage.CONTENT, "-1", BUSY),
        (Stage.RECIPIENT, "999", BUSY),
    ],
)
def test_what_is_for_later_and_why(stage: Stage, reply: str, delay: Delay) -> None:
    """Fault 7: busy, greylisted, full, and our own set-up, which waits for a person; each has a ladder of its own."""
    code, _, words = reply.partition(" ")
    error = refusal(stage, int(code), f"{words} text".encode())

    assert isinstance(error, RetryError)
    assert delay is error.delay


@pytest.mark.parametrize(
    ("stage", "reply", "dead"),
    [
        (Stage.RECIPIENT, "550", True),
        (Stage.RECIPIENT, "551", True),
        (Stage.RECIPIENT, "553", True),
        (Stage.RECIPIENT, "554", False),
        (Stage.RECIPIENT, "552", False),
        (Stage.RECIPIENT, "550 5.1.1", True),
        (Stage.RECIPIENT, "550 5.1.10", True),
        (Stage.RECIPIENT, "550 5.2.1", True),
        (Stage.RECIPIENT, "550 5.7.1", False),
        (Stage.RECIPIENT, "553 5.6.7", False),
        (Stage.CONTENT, "550 5.1.1", True),
        (Stage.CONTENT, "550", False),
        (Stage.CONTENT, "554 5.7.1", False),
        (Stage.CONTENT, "552 5.3.4", False),
        (Stage.SENDER, "552", False),
        (Stage.SENDER, "552 5.3.4", False),
    ],
)
def test_what_is_final_and_whether_it_is_the_address(stage: Stage, reply: str, dead: bool) -> None:
    """Fault 7: only an address that nobody is behind is suppressed; a policy or a size is about one message."""
    code, _, words = reply.partition(" ")
    error = refusal(stage, int(code), f"{words} text".encode())

    assert isinstance(error, PermanentError)
    assert dead is error.dead


def test_the_servers_words_are_not_repeated() -> None:
    """The code and the enhanced code are kept; the text, which names the address, is not."""
    error = refusal(Stage.RECIPIENT, 550, b"5.1.1 <ana@northern.example> unknown")

    assert "the mail server refused the recipient for good: 550 5.1.1" == str(error)
