"""How a rule, its impact and the origin of a setting are told: the answer first, then every line it rests on."""

from collections.abc import Sequence

from convener.cli.explaining import MARKS, place_shape, plain, tell
from convener.cli.face import Face, counted
from convener.cli.shapes import People, address
from convener.cli.tables import show_table
from convener.decide.explanation import RuleExplanation, Stretch, SubjectShown
from convener.errors import Place
from convener.operations.explain import ImpactAnswer, RuleAnswer
from convener.operations.origins import Origin

KEPT = "not_matched"
"""What is decided of a rule that holds."""


def print_rule(face: Face, answer: RuleAnswer) -> None:
    """Print what a rule says and comes to, as JSON or in words."""
    made = answer.explanation
    if face.json:
        face.data(rule_shape(answer))
        return
    tell(face, rule_sentence(made))
    below = {key.name: "; ".join(f"{toml(value)} at {place}" for value, place in key.below) for key in made.keys}
    rows = ((key.name, toml(key.value), key.place or "the usual value", below[key.name]) for key in made.keys)
    show_table(face, f"Rule {made.rule} of {answer.scope}", ("key", "value", "written at", "below it"), rows)
    if made.subjects:
        columns = ("", "subject", "decision", "measured", "waiver")
        show_table(face, "Subjects", columns, (subject_row(each, answer.people) for each in made.subjects))
    for pod in made.pods:
        face.say(f"note: pod {pod} has this rule otherwise, or switched off")


def rule_sentence(made: RuleExplanation) -> str:
    """Return the answer about a rule in one sentence."""
    article = "an" if made.flexibility == "inflexible" else "a"
    kind = "a rule under audit" if made.flexibility == "audit" else f"{article} {made.flexibility} rule"
    what = f"{made.rule} is {kind} of kind {made.kind}"
    if not made.measurable:
        return f"{what}; no person, pod or session keeps or breaks it by itself"
    if not made.subjects:
        return f"{what}, and nobody and nothing breaks it now"
    if len(made.subjects) == 1:
        (only,) = made.subjects
        return f"{what}, and {'is kept' if only.said == KEPT else only.said}: {only.text}"
    return f"{what}, and {len(made.subjects)} subjects do not keep it"


def subject_row(each: SubjectShown, people: People) -> Sequence[object]:
    """Return one line of the table of subjects."""
    mark = {KEPT: MARKS[True], "undecided": MARKS[None]}.get(each.decision, MARKS[False])
    waiver = f"{each.waiver} ({each.waiver_place})" if each.waiver else ""
    return mark, address(people, each.subject), each.said, each.text, waiver


def rule_shape(answer: RuleAnswer) -> dict[str, object]:
    """Return the JSON shape of an answer about a rule."""
    made = answer.explanation
    return {
        "rule": made.rule,
        "kind": made.kind,
        "flexibility": made.flexibility,
        "why": made.why,
        **place_shape(made.place),
        "programme": answer.scope,
        "keys": [
            {"name": key.name, "value": plain(key.value), **place_shape(key.place), "below": below_shape(key.below)}
            for key in made.keys
        ],
        "pods": list(made.pods),
        "subjects": [
            {
                "subject": address(answer.people, each.subject),
                "decision": each.said,
                "text": each.text,
                "waiver": each.waiver,
                **place_shape(each.waiver_place),
            }
            for each in made.subjects
        ],
    }


def below_shape(below: Sequence[tuple[object, Place]]) -> list[dict[str, object]]:
    """Return the JSON shape of what lower layers say."""
    return [{"value": plain(value), **place_shape(place)} for value, place in below]


def toml(value: object) -> str:
    """Return *value* about as a rule file writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, list | tuple):
        return f"[{', '.join(toml(inner) for inner in value)}]"
    if isinstance(value, dict):
        inside = ", ".join(f"{key} = {toml(inner)}" for key, inner in value.items() if inner is not None)
        return f"{{ {inside} }}"
    return "-" if value is None else str(value)


def print_impact(face: Face, answer: ImpactAnswer) -> None:
    """Print what a rule would have done, as JSON or in words."""
    found = answer.impact
    if face.json:
        face.data(impact_shape(answer))
        return
    tell(
        face,
        f"from {found.since} to {found.until} rule {found.rule} would have blocked over "
        f"{counted(found.subjects, 'subject')}, and refused {counted(found.refused, 'change')}",
    )
    columns = ("subject", "from", "to", "days", "what", "would have refused")
    if found.stretches:
        show_table(face, "", columns, (stretch_row(each, answer.people) for each in found.stretches))


def stretch_row(each: Stretch, people: People) -> Sequence[object]:
    """Return one line of the table of an impact."""
    refused = "; ".join(each.refused)
    return address(people, each.subject), each.since, each.until, each.days, each.text, refused


def impact_shape(answer: ImpactAnswer) -> dict[str, object]:
    """Return the JSON shape of an impact."""
    found = answer.impact
    return {
        "rule": found.rule,
        "programme": answer.scope,
        "since": found.since.isoformat(),
        "until": found.until.isoformat(),
        "subjects": found.subjects,
        "refused": found.refused,
        "stretches": [
            {
                "subject": address(answer.people, each.subject),
                "from": each.since.isoformat(),
                "to": each.until.isoformat(),
                "days": each.days,
                "text": each.text,
                "refused": list(each.refused),
            }
            for each in found.stretches
        ],
    }


def print_origin(face: Face, found: Origin) -> None:
    """Print where a setting comes from, as JSON or in words."""
    if face.json:
        shape = {"name": found.name, "value": plain(found.value), **place_shape(found.place)}
        face.data(shape | {"below": below_shape(found.below), "stands_in": found.stands_in})
        return
    where = f"written at {found.place}" if found.place else "the usual value; nobody wrote it"
    instead = f", as {found.stands_in} says" if found.stands_in else ""
    tell(face, f"{found.name} is {toml(found.value)}{instead}, {where}")
    if found.below:
        show_table(face, "Below it", ("value", "written at"), ((toml(value), place) for value, place in found.below))
