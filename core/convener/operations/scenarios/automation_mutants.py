"""Mutants of automations: of the moment, the audience, each clause, lateness and steps."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from convener.errors import Place
from convener.operations.scenarios.clause_mutants import changed_clauses
from convener.operations.scenarios.moments import shifted_moments
from convener.operations.scenarios.mutants import Mutant, Workshop
from convener.rulesets.ruleset import AudienceWord, Automation, Step

OTHERS: dict[AudienceWord, tuple[AudienceWord, ...]] = {
    "participant": ("manager", "coach"),
    "manager": ("participant", "coach"),
    "coach": ("participant", "manager"),
    "sponsor": ("coach",),
    "member": ("participant", "coach"),
    "everyone": ("participant", "manager", "coach"),
    "pod": ("session",),
    "session": ("pod",),
    "programme": ("pod",),
}
"""The audiences that one is most likely to be mistaken for, or is made of."""


def automation_mutants(shop: Workshop) -> Iterator[Mutant]:
    """Yield every mutant of every automation, of what the rule file itself says of it."""
    for automation in shop.prepared.ruleset.automations.values():
        for make in (_off, _moments, _audiences, _clauses, _lateness, _steps):
            yield from make(shop, automation)


def _written(shop: Workshop, automation: Automation, key: str) -> Place | None:
    """Return where *key* is written, None when that is in another file."""
    place = automation.places.get(key)
    return place if place is not None and shop.is_own(place) else None


def _off(shop: Workshop, automation: Automation) -> Iterator[Mutant]:
    if shop.is_own(automation.place):
        yield Mutant(
            name=f"{automation.id}: switched off",
            owner=automation.id,
            what="the automation is switched off",
            place=automation.place,
            hint=f"no test expects anything of {automation.id!r}",
            make=partial(shop.without_automation, automation.id),
        )


def _moments(shop: Workshop, automation: Automation) -> Iterator[Mutant]:
    place = _written(shop, automation, "on")
    for on in shifted_moments(automation.on) if place else ():
        yield Mutant(
            name=f"{automation.id}: on {on}",
            owner=automation.id,
            what=f"`on` becomes {on!r}",
            place=place or automation.place,
            hint=f"no test of {automation.id!r} is about when it goes out, or none with days off in between",
            make=partial(shop.with_automation, automation.id, on=on),
        )


def _audiences(shop: Workshop, automation: Automation) -> Iterator[Mutant]:
    place = _written(shop, automation, "for_each")
    for word in OTHERS[automation.for_each] if place else ():
        yield Mutant(
            name=f"{automation.id}: for_each {word}",
            owner=automation.id,
            what=f"`for_each` becomes {word!r}",
            place=place or automation.place,
            hint=f"no test of {automation.id!r} says who gets it and who does not",
            make=partial(shop.with_automation, automation.id, for_each=word),
        )


def _clauses(shop: Workshop, automation: Automation) -> Iterator[Mutant]:
    for changed in changed_clauses(shop, automation.when):
        yield Mutant(
            name=f"{automation.id}: {changed.name}",
            owner=automation.id,
            what=changed.what,
            place=changed.place,
            hint=changed.hint,
            make=partial(shop.with_automation, automation.id, when=changed.clauses),
        )


def _lateness(shop: Workshop, automation: Automation) -> Iterator[Mutant]:
    place = _written(shop, automation, "late")
    if place and automation.late:
        yield Mutant(
            name=f"{automation.id}: without late",
            owner=automation.id,
            what=f"without late = {automation.late!r}",
            place=place,
            hint=f"no test lets {automation.id!r} come late, for example by moving a session close",
            make=partial(shop.with_automation, automation.id, late=""),
        )
    place = _written(shop, automation, "in")
    if place and automation.in_programme_zone:
        yield Mutant(
            name=f"{automation.id}: in recipient",
            owner=automation.id,
            what="`in` becomes 'recipient'",
            place=place,
            hint=f"no test of {automation.id!r} has a recipient in another time zone",
            make=partial(shop.with_automation, automation.id, in_programme_zone=False),
        )


def _steps(shop: Workshop, automation: Automation) -> Iterator[Mutant]:
    place = _written(shop, automation, "do")
    for index, step in enumerate(automation.steps) if place else ():
        told, others = f"{step.verb} {step.what}", (*automation.steps[:index], *automation.steps[index + 1 :])
        variants: list[tuple[str, tuple[Step, ...]]] = [(f"without {told}", others)] if others else []
        for channel in step.via if len(step.via) > 1 else ():
            fewer = replace(step, via=tuple(each for each in step.via if each != channel))
            variants.append((f"{told} not via {channel}", (*automation.steps[:index], fewer, *others[index:])))
        for name, steps in variants:
            yield Mutant(
                name=f"{automation.id}: {name}",
                owner=automation.id,
                what=name,
                place=place or automation.place,
                hint=f"no test of {automation.id!r} says what it does and `via` which channels",
                make=partial(shop.with_automation, automation.id, steps=steps),
            )
