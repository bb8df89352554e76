"""The hooks of one plugin."""

from types import ModuleType

import pytest

from convener import hookimpl
from convener.errors import PluginError
from convener.registry.facade import Hooks
from convener.testing import MemoryMessenger


def module_with(**hooks: object) -> ModuleType:
    """Return a module that holds *hooks*."""
    module = ModuleType("stranger")
    vars(module).update(hooks)
    return module


def test_connectors_come_from_the_hook() -> None:
    """The classes a plugin registers are returned as they are."""

    @hookimpl
    def convener_register_connectors() -> list[type]:
        return [MemoryMessenger]

    hooks = Hooks("memory", module_with(convener_register_connectors=convener_register_connectors))

    assert (MemoryMessenger,) == hooks.connectors()


def test_a_misspelled_hook_is_refused() -> None:
    """A hook that nobody will ever call is an error with plugin and hook in it."""

    @hookimpl
    def convener_register_conectors() -> list[type]:
        return []

    with pytest.raises(PluginError, match=r"'typo'.*convener_register_conectors"):
        Hooks("typo", module_with(convener_register_conectors=convener_register_conectors))


def test_an_unknown_argument_is_refused() -> None:
    """A hook that asks for what the specification does not offer is refused at the door."""

    @hookimpl
    def convener_register_connectors(config: object) -> list[type]:
        return []

    with pytest.raises(PluginError, match=r"'greedy'.*config"):
        Hooks("greedy", module_with(convener_register_connectors=convener_register_connectors))


def test_a_raising_hook_names_plugin_hook_and_cause() -> None:
    """What a hook raises is told with the plugin's and the hook's name."""

    @hookimpl
    def convener_register_connectors() -> list[type]:
        raise KeyError("colour")

    hooks = Hooks("broken", module_with(convener_register_connectors=convener_register_connectors))

    with pytest.raises(PluginError, match=r"'broken' failed in convener_register_connectors: KeyError"):
        hooks.connectors()


def test_a_module_without_hooks_registers_nothing() -> None:
    """No hook, no connectors, no error here."""
    assert () == Hooks("empty", module_with()).connectors()


def test_facts_and_kinds_come_from_their_hooks() -> None:
    """What a plugin adds to the rule language is returned as it is."""

    @hookimpl
    def convener_facts() -> list[str]:
        return ["a fact"]

    @hookimpl
    def convener_rule_kinds() -> list[str]:
        return ["a kind", "another"]

    hooks = Hooks("rooms", module_with(convener_facts=convener_facts, convener_rule_kinds=convener_rule_kinds))

    assert (("a fact",), ("a kind", "another")) == (hooks.facts(), hooks.kinds())
    assert ((), ()) == (Hooks("empty", module_with()).facts(), Hooks("empty", module_with()).kinds())
