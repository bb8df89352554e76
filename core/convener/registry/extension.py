"""From the plugins that a configuration names to the facts and kinds they add to the rule language."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from convener.documents import is_id
from convener.errors import PluginError
from convener.ports import Extensions, PluginFact, RuleKind
from convener.registry.discovery import Known, discover
from convener.registry.guard import contained_fact, contained_kind
from convener.registry.loading import load_hooks

SHIPPED = "Convener itself"


@dataclass(frozen=True, slots=True, kw_only=True)
class Extended:
    """What the named plugins add, and which of them cannot."""

    extensions: Extensions = field(default_factory=Extensions)
    versions: Mapping[str, str] = field(default_factory=dict)
    """Version of its distribution, by name of the plugin that adds something; empty when its metadata do not say."""
    broken: Mapping[str, str] = field(default_factory=dict)
    """What is wrong and how to mend it, by name of the plugin; it adds nothing."""
    troubles: Mapping[str, str] = field(default_factory=dict)
    """Facts and kinds that failed when they were asked, and how; grows while the process runs."""


def extend(names: Iterable[str], *, facts: Collection[str], kinds: Collection[str]) -> Extended:
    """Return what the plugins *names* add to the shipped *facts* and *kinds*, importing only those plugins.

    A plugin that is unknown, broken, or brings a name that is taken is listed in `Extended.broken`; the others serve.
    """
    known = discover()
    owners: dict[tuple[str, str], str] = {("fact", name): SHIPPED for name in facts}
    owners |= {("kind", name): SHIPPED for name in kinds}
    offers: dict[str, Extensions] = {}
    broken: dict[str, str] = {}
    for name in dict.fromkeys(names):
        try:
            offers[name] = _offer(name, known, owners)
        except PluginError as error:
            broken[name] = f"{error}; {error.hint}" if error.hint else str(error)
        else:
            owners |= {("fact", fact): name for fact in offers[name].facts}
            owners |= {("kind", kind): name for kind in offers[name].kinds}
    return replace(_together(offers, broken), versions={name: known[name].version for name in offers})


def _together(offers: Mapping[str, Extensions], broken: Mapping[str, str]) -> Extended:
    """Return all *offers* as one, each fact and kind behind its guard."""
    troubles: dict[str, str] = {}
    facts = {
        fact: contained_fact(name, added, troubles)
        for name, offer in offers.items()
        for fact, added in offer.facts.items()
    }
    kinds = {
        kind: contained_kind(name, added, troubles)
        for name, offer in offers.items()
        for kind, added in offer.kinds.items()
    }
    return Extended(extensions=Extensions(facts=facts, kinds=kinds), broken=broken, troubles=troubles)


def _offer(name: str, known: Mapping[str, Known], owners: Mapping[tuple[str, str], str]) -> Extensions:
    """Return what plugin *name* offers; raise PluginError when any of it cannot be taken."""
    hooks = load_hooks(name, known)
    facts, kinds = hooks.facts(), hooks.kinds()
    if not facts and not kinds:
        raise PluginError(
            f"plugin {name!r} adds neither facts nor kinds of rules", hint="take it out of plugins in config.toml"
        )
    for fact in facts:
        _demand(name, "fact", fact, _flaw_of_fact)
    for kind in kinds:
        _demand(name, "kind", kind, _flaw_of_kind)
    _unclaimed(name, "fact", [each.fact.name for each in facts], owners)
    _unclaimed(name, "kind", [each.name for each in kinds], owners)
    return Extensions(facts={each.fact.name: each for each in facts}, kinds={each.name: each for each in kinds})


def _demand(plugin: str, word: str, offered: Any, flaw_of: Callable[[Any], str]) -> None:
    flaw = flaw_of(offered)
    if flaw:
        raise PluginError(
            f"plugin {plugin!r} offers a {word} that cannot be used: {flaw}",
            hint="run the contract suite of convener.testing",
        )


def _flaw_of_fact(offered: Any) -> str:
    return "" if isinstance(offered, PluginFact) else f"a {type(offered).__name__} is no PluginFact"


def _flaw_of_kind(offered: Any) -> str:
    if not isinstance(offered, RuleKind):
        return f"a {type(offered).__name__} is no RuleKind"
    if not is_id(offered.name):
        return f"{offered.name!r} is not a name such as 'room-capacity'"
    if not hasattr(offered.terms, "model_validate"):
        return f"the terms of {offered.name!r} are no pydantic model"
    return ""


def _unclaimed(plugin: str, word: str, names: Collection[str], owners: Mapping[tuple[str, str], str]) -> None:
    """Raise PluginError for the first of *names* that somebody else has, naming both."""
    for at, name in enumerate(names):
        rival = plugin if name in list(names)[:at] else owners.get((word, name))
        if rival:
            raise PluginError(
                f"{word} {name!r} of plugin {plugin!r} is there already, from {_who(rival)}",
                hint="name only one of them in plugins of config.toml, or rename it there",
            )


def _who(owner: str) -> str:
    return owner if owner == SHIPPED else f"plugin {owner!r}"
