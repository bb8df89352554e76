"""What a higher layer may change of a rule or an automation written below it."""

from collections.abc import Collection, Mapping
from typing import Any

from convener.documents import Spot, keys_of
from convener.errors import Problem
from convener.rulesets.automations import owned
from convener.rulesets.kinds import Kinds
from convener.rulesets.layers import Laid, reason_missing, said_in
from convener.rulesets.tables import RuleHead

_WORDS = {"why", "reason"}
"""Keys that explain and do not change anything."""


def lay_rules(
    below: Mapping[str, Laid], above: Mapping[str, Spot], kinds: Kinds
) -> tuple[dict[str, Laid], list[Problem]]:
    """Return the rules after laying the tables *above* over those *below*, and every refused change.

    No key of an inflexible rule changes; a flexible rule changes with a reason; the kind of a rule never changes.
    A refused key keeps the value it has below.
    """
    laid = dict(below)
    problems: list[Problem] = []
    for name, spot in above.items():
        under = laid.get(name) or Laid(name, spot)
        changed = changed_keys(under, spot, kinds)
        refused = refused_keys(under, spot, changed)
        problems += refused.values()
        if changed and not refused and not said_in(spot):
            problems.append(reason_missing(f"rule {name!r}", spot, under.first.place()))
        laid[name] = under.over({key: spot / key for key in spot.value if key not in refused}, said_in(spot))
    return laid, problems


def refused_keys(under: Laid, spot: Spot, changed: Collection[str]) -> dict[str, Problem]:
    """Return those of the *changed* keys at *spot* that may not change what stands *under* it, with their problems."""
    if under.data.get("flexibility") == "inflexible":
        return {key: _inflexible(under, spot, key) for key in changed}
    return {"kind": _other_kind(under, spot)} if "kind" in changed and "kind" in under.spots else {}


def changed_keys(under: Laid, spot: Spot, kinds: Kinds) -> list[str]:
    """Return the known keys to which the table at *spot* gives another value than the one *under* it."""
    if not under.spots:
        return []
    data, known = under.data, _known_keys(under.data.get("kind"), kinds)
    return [
        key
        for key, value in spot.value.items()
        if key not in _WORDS and (not known or key in known) and (key not in data or data[key] != value)
    ]


def _known_keys(kind: Any, kinds: Kinds) -> set[str]:
    """Return the keys a rule of *kind* may have; nothing when any key may be one."""
    terms = keys_of(kinds[kind]) if isinstance(kind, str) and kind in kinds else []
    return {*terms, *keys_of(RuleHead)} if terms else set()


def _inflexible(under: Laid, spot: Spot, key: str) -> Problem:
    below = under.spots["flexibility"].place()
    written = under.place(key) if key in under.spots else under.first.place()
    return Problem(
        code="inflexible-override",
        message=f"rule {under.id!r} is inflexible ({below}) and its {key!r} ({written}) cannot be changed here",
        place=spot.place(key),
        hint="leave the key out, or add a rule of the same kind under another name",
    )


def _other_kind(under: Laid, spot: Spot) -> Problem:
    kind, below = under.data["kind"], under.place("kind")
    return Problem(
        code="kind-changed",
        message=f"rule {under.id!r} is of kind {kind!r} ({below}) and cannot become another kind",
        place=spot.value_place("kind"),
        hint="give the new rule another name, and switch this one off with enabled = false",
    )


def lay_automations(below: Mapping[str, Laid], above: Mapping[str, Spot]) -> tuple[dict[str, Laid], list[Problem]]:
    """Return automations after laying those *above* over those *below*; switching one off needs a reason."""
    problems = [
        owned(name, reason_missing(f"automation {name!r}", spot, below[name].first.place()))
        for name, spot in above.items()
        if name in below and spot.value.get("enabled") is False and not said_in(spot)
    ]
    return lay_tables(below, above), problems


def lay_tables(below: Mapping[str, Laid], above: Mapping[str, Spot]) -> dict[str, Laid]:
    """Return automations, or polls, after laying those *above* over those *below*, key by key."""
    laid = dict(below)
    for name, spot in above.items():
        under = laid.get(name) or Laid(name, spot)
        laid[name] = under.over({key: spot / key for key in spot.value}, said_in(spot))
    return laid
