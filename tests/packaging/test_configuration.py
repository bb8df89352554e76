"""The example configuration is right in what it says and in what it only offers."""

import re
from pathlib import Path

import pytest

from convener.registry import activate
from convener.settings import load_settings

pytestmark = pytest.mark.checkout

OFFER = re.compile(r"(?:^# (?:\[[\w.-]+\]|\w+ = .*)\n)+", re.MULTILINE)
KNOWN = {"DATABASE_URL": "postgresql://host/convener", "SMTP_PASSWORD": "open sesame"}


def offers(text: str) -> list[str]:
    """Return every alternative that stands in *text* as a comment, without the comment's signs."""
    return [re.sub(r"^# ", "", found[0], flags=re.MULTILINE) for found in OFFER.finditer(text)]


def taken(text: str, offer: str) -> str:
    """Return *text* with *offer* in place of the key or table it is an alternative to."""
    first = offer.splitlines()[0]
    if first.startswith("["):
        return re.sub(rf"^{re.escape(first)}.*\n(?:.+\n)*", "", text, flags=re.MULTILINE) + offer
    return offer + re.sub(rf"^{first.partition(' = ')[0]} = .*\n", "", text, flags=re.MULTILINE)


def test_every_alternative_of_the_example_configuration_serves(root: Path, tmp_path: Path) -> None:
    """Taken out of its comment, each loads, and its plugin accepts it."""
    text = (root / "config.example.toml").read_text(encoding="utf-8")
    found = offers(text)
    refused = {}
    for offer in found:
        (tmp_path / "config.toml").write_text(taken(text, offer), encoding="utf-8")
        refused |= activate(load_settings(tmp_path, KNOWN).connectors, tmp_path).broken

    assert ["database", "redirect_all", "plugins", "[connectors.mail]"] == [
        offer.split(" = ")[0].split("\n")[0] for offer in found
    ]
    assert {} == refused
