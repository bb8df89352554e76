"""The page of hooks."""

import inspect

import pluggy

from convener import hookspecs


def test_every_hook_is_documented_and_named_verb_noun() -> None:
    """Each hook says what it returns and starts with our name."""
    hooks = {name: hook for name, hook in vars(hookspecs).items() if name.startswith("convener_")}

    assert {"convener_register_connectors", "convener_facts", "convener_rule_kinds"} == set(hooks)
    assert all(inspect.getdoc(hook) for hook in hooks.values())


def test_the_page_is_a_valid_set_of_specifications() -> None:
    """The hook library accepts it whole."""
    manager = pluggy.PluginManager("convener")
    manager.add_hookspecs(hookspecs)

    assert callable(manager.hook.convener_register_connectors)
