"""What an answer means."""

import pytest

from convener import PermanentError, RetryError
from convener_smtp.replies import Stage, refusal


@pytest.mark.parametrize(
    ("stage", "code", "kind", "wait"),
    [
        (Stage.GREETING, 421, RetryError, 120.0),
        (Stage.GREETING, 554, RetryError, 900.0),
        (Stage.SIGN_IN, 535, RetryError, 900.0),
        (Stage.SENDER, 550, RetryError, 900.0),
        (Stage.RECIPIENT, 450, RetryError, 300.0),
        (Stage.RECIPIENT, 452, RetryError, 900.0),
        (Stage.RECIPIENT, 499, RetryError, None),
        (Stage.RECIPIENT, 550, PermanentError, None),
        (Stage.RECIPIENT, 553, PermanentError, None),
        (Stage.CONTENT, 451, RetryError, 300.0),
        (Stage.CONTENT, 554, PermanentError, None),
    ],
)
def test_the_table_of_refusals(stage: Stage, code: int, kind: type[Exception], wait: float | None) -> None:
    """4xx is for later, 5xx about this mail is final, and 5xx about our own set-up waits for a person."""
    error = refusal(stage, code, b"")

    assert kind is type(error)
    assert wait == getattr(error, "retry_after", None)


def test_the_servers_words_are_not_repeated() -> None:
    """The code and the enhanced code are kept; the text, which names the address, is not."""
    error = refusal(Stage.RECIPIENT, 550, b"5.1.1 <ana@northern.example> unknown")

    assert "the mail server refused the recipient for good: 550 5.1.1" == str(error)
