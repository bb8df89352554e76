"""Options of the outbox connector."""

from convener_outbox.settings import OutboxSettings


def test_the_defaults_send_nothing_anywhere() -> None:
    """Without options, messages stay in the workspace and come from nobody outside."""
    assert OutboxSettings(folder="var/outbox", sender_name="Convener", sender_email="convener@localhost") == (
        OutboxSettings()
    )
