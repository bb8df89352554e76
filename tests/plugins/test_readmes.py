"""Each plugin's page says what an operator needs, and its options are those of the code."""

import inspect
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

import convener_files.settings
import convener_outbox.settings
import convener_reports.settings
import convener_smtp.settings
from convener.registry import settings_table

HEADINGS = ["Install", "Configure", "Remove", "What it stores", "What can fail"]
SETTINGS = [
    convener_files.settings.FilesSettings,
    convener_outbox.settings.OutboxSettings,
    convener_reports.settings.ReportsSettings,
    convener_smtp.settings.SmtpSettings,
]


def page_of(settings: type[Any]) -> str:
    """Return the README beside the settings."""
    beside = inspect.getfile(settings)
    return Path(beside).with_name("README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("settings", SETTINGS)
def test_a_page_has_the_five_headings(settings: type[Any]) -> None:
    """Install, configure, remove, what it stores, what can fail: in this order."""
    found = re.findall(r"^## (.+)$", page_of(settings), re.MULTILINE)

    assert HEADINGS == [heading for heading in found if heading in HEADINGS]


@pytest.mark.parametrize("settings", SETTINGS)
def test_a_page_shows_every_option_as_the_code_has_it(settings: type[Any]) -> None:
    """One source for validation and docs."""
    assert settings_table(settings) in page_of(settings)


@pytest.mark.parametrize("settings", SETTINGS)
def test_the_example_of_a_page_is_valid(settings: type[Any]) -> None:
    """The table to copy names options that exist."""
    (block,) = re.findall(r"^```toml\n(.*?)^```", page_of(settings), re.MULTILINE | re.DOTALL)
    (table,) = tomllib.loads(block)["connectors"].values()

    assert set(table) - {"plugin"} <= set(settings.__dataclass_fields__)
