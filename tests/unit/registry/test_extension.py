"""From the plugins that a configuration names to what they add to the rule language."""

import sys
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from convener.ports import FactScene
from convener.registry import Extended, extend
from convener.testing import a_register

Install = Callable[..., None]
ROOMS = '''
from pydantic import BaseModel
from convener import Fact, PluginFact, RuleKind, hookimpl

class Room(BaseModel):
    """Chairs."""
    chairs: int

def seats(scene):
    return len(scene.register.people)

def full(terms, register, day):
    if len(register.people) > terms.chairs:
        yield register.programme, "too many"

@hookimpl
def convener_facts():
    return [PluginFact(fact=Fact(name="NAME.seats", type="int", meaning="seats"), provide=seats)]

@hookimpl
def convener_rule_kinds():
    return [RuleKind(name="NAME-capacity", terms=Room, breaches=full, meaning="fits")]
'''
NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
SHIPPED_FACTS = ("pod.size",)
SHIPPED_KINDS = ("pod-size",)


def extended(*names: str) -> Extended:
    """Return what *names* add to one shipped fact and one shipped kind."""
    return extend(names, facts=SHIPPED_FACTS, kinds=SHIPPED_KINDS)


def test_facts_and_kinds_are_found_by_name(install: Install) -> None:
    """What a plugin adds can be asked at once."""
    install("rooms", "stranger_rooms", ROOMS)
    found = extended("rooms")
    register = a_register({"north": ["ana", "ben"]})
    kind = found.extensions.kinds["rooms-capacity"]

    assert ({}, {}) == (found.broken, found.troubles)
    assert 2 == found.extensions.facts["rooms.seats"].provide(FactScene(register=register, at=NOON))
    assert [("primary-care", "too many")] == list(kind.breaches(kind.terms(chairs=1), register, date(2027, 3, 1)))


def test_only_named_plugins_are_imported(install: Install) -> None:
    """An installed plugin that the configuration does not name stays outside."""
    install("wanted", "stranger_wanted_rooms", ROOMS)
    install("idle", "stranger_idle_rooms", ROOMS)
    extended("wanted")

    assert "stranger_wanted_rooms" in sys.modules
    assert "stranger_idle_rooms" not in sys.modules


ODD = {
    "lacks": ("import nobody_has_this", "plugin 'odd' needs nobody_has_this: pip install --upgrade 'stranger-odd'"),
    "raises": ("raise RuntimeError('boom')", "plugin 'odd' cannot be imported: RuntimeError: boom"),
    "adds_nothing": ("", "plugin 'odd' adds neither facts nor kinds of rules"),
    "fails": (ROOMS.replace("return [PluginFact", "raise KeyError('x') or [PluginFact"), "convener_facts: KeyError"),
    "misnames": (ROOMS.replace('name="NAME.seats"', 'name="Seats"'), "'Seats' cannot be the name of a fact"),
    "no_model": (ROOMS.replace("terms=Room", "terms=dict"), "the terms of 'odd-capacity' are no pydantic model"),
    "no_id": (ROOMS.replace('name="NAME-capacity"', 'name="Room 1"'), "'Room 1' is not a name such as 'room-capacity'"),
    "no_kind": (ROOMS.replace("return [RuleKind", "return ['x', RuleKind"), "a str is no RuleKind"),
    "no_fact": (ROOMS.replace("return [PluginFact", "return [3, PluginFact"), "a int is no PluginFact"),
    "takes_a_fact": (
        ROOMS.replace("NAME.seats", "pod.size"),
        "fact 'pod.size' of plugin 'odd' is there already, from C",
    ),
    "takes_a_kind": (ROOMS.replace("NAME-capacity", "pod-size"), "kind 'pod-size' of plugin 'odd' is there already"),
    "twice": (ROOMS.replace("return [RuleKind", "return 2 * [RuleKind"), "is there already, from plugin 'odd'"),
}
"""What can be wrong with a plugin, and what is told of it."""


@pytest.mark.parametrize("wrong", ODD)
def test_a_broken_plugin_is_listed_and_the_rest_serve(install: Install, wrong: str) -> None:
    """P14: whatever is wrong with one, the sound one's facts and kinds are there."""
    source, expected = ODD[wrong]
    install("sound", f"stranger_beside_{wrong}", ROOMS)
    install("odd", f"stranger_that_{wrong}", source, distribution="stranger-odd")
    found = extended("odd", "sound", "absent")

    assert expected in found.broken["odd"]
    assert "no plugin 'absent'" in found.broken["absent"]
    assert ["sound.seats"] == [*found.extensions.facts]


def test_two_plugins_with_one_name_are_both_named(install: Install) -> None:
    """The first keeps it, the second is refused, and nobody wonders which of the two it was."""
    install("first", "stranger_first_rooms", ROOMS.replace("NAME.seats", "pod.seats"))
    install("second", "stranger_second_rooms", ROOMS.replace("NAME.seats", "pod.seats"))
    found = extended("first", "second")

    assert "fact 'pod.seats' of plugin 'second' is there already, from plugin 'first'" in found.broken["second"]
    assert ["first-capacity"] == [*found.extensions.kinds]


def test_a_plugin_named_twice_is_asked_once(install: Install) -> None:
    """It does not stand in its own way."""
    install("twice", "stranger_twice_rooms", ROOMS)

    assert {} == extended("twice", "twice").broken


def test_what_adds_something_has_its_version(install: Install) -> None:
    """Another version may mean something else by the same names; a broken plugin means nothing."""
    install("rooms", "stranger_versioned_rooms", ROOMS)

    assert {"rooms": "1.0"} == extended("rooms", "nowhere").versions
