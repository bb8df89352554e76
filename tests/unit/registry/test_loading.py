"""Bringing one plugin in."""

from collections.abc import Callable

import pytest

from convener.errors import PluginError
from convener.registry.discovery import Known, discover
from convener.registry.loading import load_connector, missing_library


def test_a_named_plugin_is_loaded(install: Callable[..., None]) -> None:
    """The class whose name equals the entry point's is returned."""
    install("fine", "stranger_fine")

    assert "fine" == load_connector("fine", discover()).plugin


def test_an_unknown_plugin_is_told_with_those_installed() -> None:
    """The message lists what could have been meant."""
    known = {"smtp": Known(name="smtp", module="convener_smtp", distribution="convener")}

    with pytest.raises(PluginError, match="no plugin 'nope'; installed: smtp"):
        load_connector("nope", known)


def test_a_doubled_name_is_refused(install: Callable[..., None]) -> None:
    """Two modules with one name: neither is loaded, both are named."""
    install("double", "stranger_alpha")
    install("double", "stranger_beta")

    with pytest.raises(PluginError, match="plugin name 'double' is claimed by stranger_alpha and stranger_beta"):
        load_connector("double", discover())


def test_a_missing_library_names_the_extra() -> None:
    """A built-in without its library says what to install, as one line to copy."""
    known = Known(name="sheets", module="convener_sheets", distribution="convener")

    error = missing_library(known, ModuleNotFoundError("no gspread", name="gspread.auth"))

    assert "plugin 'sheets' needs gspread: pip install 'convener[sheets]'" == str(error)


def test_a_strangers_missing_library_names_its_distribution(install: Callable[..., None]) -> None:
    """A stranger's libraries are its own affair: install it again."""
    install("lacking", "stranger_lacking", "import a_library_nobody_has")

    with pytest.raises(PluginError, match="needs a_library_nobody_has: pip install --upgrade 'stranger-lacking'"):
        load_connector("lacking", discover())


def test_a_plugin_that_breaks_on_import_is_an_error_of_ours(install: Callable[..., None]) -> None:
    """Even an exit while importing is told, not obeyed."""
    install("leaving", "stranger_leaving", "raise SystemExit(3)")

    with pytest.raises(PluginError, match="'leaving' cannot be imported: SystemExit"):
        load_connector("leaving", discover())


def test_a_plugin_must_offer_a_connector_of_its_name(install: Callable[..., None]) -> None:
    """An entry point whose module registers something else is refused with what it registers."""
    install("asked", "stranger_other", "from stranger_target import *")
    install("target", "stranger_target")

    with pytest.raises(PluginError, match="'asked' must register one connector of that name"):
        load_connector("asked", discover())


def test_a_half_made_connector_is_refused(install: Callable[..., None]) -> None:
    """A class without settlement or deadline is told what it lacks."""
    source = """
from convener import hookimpl
class Half:
    plugin = "NAME"
@hookimpl
def convener_register_connectors():
    return [Half]
"""
    install("half", "stranger_half", source)

    with pytest.raises(PluginError, match="lacks settings, settlement, deadline"):
        load_connector("half", discover())


@pytest.mark.parametrize(
    ("slip", "told"),
    [
        ("deadline = '5'", r"its deadline '5' is no number of seconds"),
        ("deadline = float('nan')", r"its deadline nan is no number of seconds"),
        ("deadline = 0", r"its deadline 0 is no number of seconds"),
        ("settlement = 'later'", r"its settlement 'later' is none of same-id, lookup, ask"),
        ("settlement = Settlement.LOOKUP", r"its settlement is 'lookup', but it has no method `arrived`"),
    ],
)
def test_a_promise_that_cannot_be_kept_is_refused(install: Callable[..., None], slip: str, told: str) -> None:
    """N5: the ledger reckons with the deadline and settles by the policy, so both are looked at before any call."""
    name = f"slip{abs(hash(slip))}"
    source = f"""
from convener import Settlement, hookimpl
class Slip:
    plugin, settings, settlement, deadline = "NAME", object, Settlement.ASK, 5.0
    {slip}
    def send(self, parcel): ...
@hookimpl
def convener_register_connectors():
    return [Slip]
"""
    install(name, f"stranger_{name}", source)

    with pytest.raises(PluginError, match=told):
        load_connector(name, discover())
