"""Options of the smtp connector."""

import pytest

from convener_smtp.settings import SmtpSettings


def test_the_defaults_are_protected() -> None:
    """Without options the line is encrypted."""
    assert ("starttls", 587) == (SmtpSettings().security, SmtpSettings().port)


def test_the_password_is_not_shown() -> None:
    """Settings that end up in a log keep their secret."""
    options = {"password": "s3cret"}

    assert "s3cret" not in repr(SmtpSettings(**options))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"port": 0}, "port must be between"),
        ({"timeout": 0.0}, "timeout must be more"),
        ({"username": "ops", "security": "none", "host": "mail.example"}, "does not travel unprotected"),
    ],
)
def test_what_cannot_work_is_refused_at_start(options: dict[str, object], message: str) -> None:
    """A wrong table is told before the first mail."""
    with pytest.raises(ValueError, match=message):
        SmtpSettings(**options)  # type: ignore[arg-type] # the table of cases is loosely typed


def test_a_password_may_stay_on_this_machine() -> None:
    """A relay on the same host needs no encryption."""
    assert SmtpSettings(username="ops", security="none", host="localhost").username
