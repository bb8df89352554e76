"""Reads the waivers of a client: each names a flexible rule of one of its programmes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from convener.documents import Document, nearest, quoted
from convener.errors import Problem
from convener.rulesets.programmes import Rulebook
from convener.rulesets.ruleset import Rule, Ruleset, Waiver
from convener.rulesets.tables import WaiverTable


def check_waivers(document: Document, waivers: Mapping[str, WaiverTable], books: Sequence[Rulebook]) -> list[Problem]:
    """Return the problem of each waiver whose rule no programme has, or every programme has as inflexible."""
    names = sorted({name for book in books for name in book.rules})
    problems: list[Problem] = []
    for name, table in waivers.items():
        rules = [book.rules[table.rule] for book in books if table.rule in book.rules]
        place = document.value_place("waivers", name, "rule")
        if books and not rules:
            message, hint = f"there is no rule {quoted(table.rule)} to waive", nearest(table.rule, names)
            problems.append(Problem(code="unknown-rule", message=message, place=place, hint=hint))
        elif rules and all(map(_is_inflexible, rules)):
            message = f"rule {table.rule!r} is inflexible ({rules[0].place}) and cannot be waived"
            problems.append(Problem(code="inflexible-waiver", message=message, place=place, hint="remove the waiver"))
    return problems


def with_waivers(ruleset: Ruleset, document: Document, waivers: Mapping[str, WaiverTable]) -> Ruleset:
    """Return *ruleset* with the waivers of the flexible rules it has."""
    kept = {
        name: _waiver(name, table, document)
        for name, table in waivers.items()
        if table.rule in ruleset.rules and not _is_inflexible(ruleset.rules[table.rule])
    }
    return replace(ruleset, waivers=kept)


def _is_inflexible(rule: Rule) -> bool:
    """Tell whether *rule* refuses, or will once its trial is over."""
    return rule.inflexible or rule.audited


def _waiver(name: str, table: WaiverTable, document: Document) -> Waiver:
    return Waiver(
        id=name,
        rule=table.rule,
        subject=table.subject.written(),
        reason=table.reason,
        approved_by=table.approved_by,
        since=table.from_,
        until=table.until,
        place=document.place("waivers", name),
    )
