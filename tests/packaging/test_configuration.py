"""The example configuration is right in what it says and in what it only offers."""

import re
from pathlib import Path

import pytest

from convener.registry import activate
from convener.settings import load_settings

pytestmark = pytest.mark.checkout

OFFER = re.compile(r"(?:^# (?:\[[\w.-]+\]|\w+ = .*)\n)+", re.MULTILINE)
KNOWN = {
    "DATABASE_URL": "postgresql://host/convener",
    "PING_URL": "https://watch.example/convener",
    "SMTP_PASSWORD": "open sesame",
}


def taken(text: str, offer: re.Match[str]) -> str:
    """Return *text* with *offer*, a comment in it, in place of the key or table that it is an alternative to."""
    plain = re.sub(r"^# ", "", offer[0], flags=re.MULTILINE)
    name = named(plain)
    other = rf"^{re.escape(name)}.*\n(?:.+\n)*" if name.startswith("[") else rf"^{name} = .*\n"
    before, after = (
        re.sub(other, "", part, flags=re.MULTILINE) for part in (text[: offer.start()], text[offer.end() :])
    )
    return before + plain + after


def named(plain: str) -> str:
    """Return the key or the table that an offer begins with."""
    return plain.removeprefix("# ").split("\n")[0].split(" = ")[0]


def test_every_alternative_of_the_example_configuration_serves(root: Path, tmp_path: Path) -> None:
    """Taken out of its comment, each loads, and its plugin accepts it."""
    text = (root / "config.example.toml").read_text(encoding="utf-8")
    found = list(OFFER.finditer(text))
    refused = {}
    for offer in found:
        (tmp_path / "config.toml").write_text(taken(text, offer), encoding="utf-8")
        refused |= activate(load_settings(tmp_path, KNOWN).connectors, tmp_path).broken

    expected = ["database", "redirect_all", "plugins", "longest_job", "[retention]", "[connectors.mail]", "senders"]
    assert expected == [named(offer[0]) for offer in found]
    assert {} == refused
