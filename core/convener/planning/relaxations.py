"""Rulesets with a way out of a conflict applied."""

from collections.abc import Mapping
from dataclasses import replace

from convener.model import Relaxation
from convener.rulesets.ruleset import Rule, Ruleset


def relaxed(ruleset: Ruleset, relaxation: Relaxation) -> Ruleset:
    """Return *ruleset* with the terms that *relaxation* sets; one that only asks people changes nothing.

    Raises KeyError for a rule that *ruleset* does not have and ValueError for terms that its kind refuses.
    """
    changed = {name: with_terms(ruleset.rules[name], terms) for name, terms in relaxation.terms.items()}
    return replace(ruleset, rules={**ruleset.rules, **changed})


def with_terms(rule: Rule, terms: Mapping[str, object]) -> Rule:
    """Return *rule* with *terms*, as a rule file writes them, in place of its own; ValueError when they do not fit."""
    kind = type(rule.terms)
    own = {name: getattr(rule.terms, name) for name in kind.model_fields}
    given = {name: value for name, value in terms.items() if name != "flexibility"}
    inflexible = rule.inflexible and terms.get("flexibility") != "flexible"
    return replace(rule, inflexible=inflexible, terms=kind.model_validate({**own, **given}))
