"""How an explanation is told: the answer in one sentence first, then what it rests on."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from rich.table import Table
from rich.text import Text

from convener.cli.face import Face, counted, printable
from convener.cli.moments import shown
from convener.cli.shapes import address, instant_shape
from convener.cli.tables import console_of, show_table
from convener.decide.explanation import ClauseShown, Outcome
from convener.errors import Place
from convener.operations.explain import Answer

MARKS = {True: "✓", False: "✗", None: "?"}
"""What a clause came to: true, false, not known."""


def tell(face: Face, sentence: str) -> None:
    """Print the answer itself on stdout."""
    console_of(face).print(printable(f"{sentence}."), style="bold")


def show_heads(face: Face, pairs: Iterable[tuple[str, str]]) -> None:
    """Print names and values below each other, without a header."""
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 1))
    for name, value in pairs:
        table.add_row(Text(name, style="dim"), Text(printable(value)))
    console = console_of(face)
    console.print()
    console.print(table)


def print_answer(face: Face, answer: Answer) -> None:
    """Print why an automation or a dispatch goes out or not, as JSON or in words."""
    if face.json:
        face.data(answer_shape(answer))
        return
    made = answer.explanation
    tell(face, made.sentence)
    show_heads(face, ((name, value) for name, value in heads(answer) if value))
    if made.clauses:
        show_table(face, "Clauses", ("", "clause", "facts", "from", "written at"), clause_rows(made.clauses))
    if made.outcomes:
        columns = ("step", "connector", "decision", "due", "ledger")
        show_table(face, "Steps", columns, (outcome_row(each, answer.zone) for each in made.outcomes))
    for line in (*made.others, *made.notes):
        face.say(f"note: {line}")


def heads(answer: Answer) -> Iterator[tuple[str, str | None]]:
    """Yield what the answer is about, name by name."""
    made, row = answer.explanation, answer.row
    yield "decision", made.said
    yield "key", answer.dispatch.key if answer.dispatch else None
    if row is not None:
        yield "ledger", f"{row.state} after {counted(row.attempts, 'attempt')}"
        yield "last error", row.error
    yield "automation", f"{made.automation} ({made.place})"
    yield "programme", answer.scope
    yield "to", address(answer.people, made.person or None)
    yield "for", address(answer.people, made.about or None)
    yield "about", made.subject
    yield "due", shown(made.due, answer.zone) if made.due else None
    yield "time before", shown(made.before, answer.zone) if made.before else None
    yield "next time", shown(made.after, answer.zone) if made.after else None
    yield "nearest miss", made.nearest_miss if made.nearest_miss not in made.sentence else None


def clause_rows(clauses: Sequence[ClauseShown]) -> Iterator[Sequence[str]]:
    """Yield the lines of the table of clauses: one for each fact, the clause on the first of them."""
    for clause in clauses:
        facts = [(f"{fact.name} = {worded(fact.value)}", fact.source) for fact in clause.facts] or [("", "")]
        for at, (fact, source) in enumerate(facts):
            first = not at
            mark, text, place = (MARKS[clause.value], clause.source, str(clause.place)) if first else ("", "", "")
            yield mark, text, fact, source, place


def outcome_row(outcome: Outcome, zone: str) -> Sequence[str]:
    """Return one line of the table of steps."""
    due = shown(outcome.due, zone) if outcome.due else ""
    return outcome.step, outcome.connector, outcome.said, due, str(outcome.state) if outcome.state else ""


def worded(value: object) -> str:
    """Return a value as it is written in a clause."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat()
    return "unknown" if value is None else str(value)


def answer_shape(answer: Answer) -> dict[str, object]:
    """Return the JSON shape of an answer about an automation or a dispatch."""
    made, row, zone = answer.explanation, answer.row, answer.zone
    shape: dict[str, object] = {
        "decision": made.said,
        "automation": made.automation,
        "subject": made.subject,
        "slot": made.slot,
        "clauses": [clause_shape(clause) for clause in made.clauses],
        "nearest_miss": made.nearest_miss,
        "file": made.place.file,
        "line": made.place.line,
        "sentence": made.sentence,
        "programme": answer.scope,
        "recipient": address(answer.people, made.person or None),
        "for": address(answer.people, made.about or None),
        "due": instant_shape(made.due, zone),
        "before": instant_shape(made.before, zone),
        "after": instant_shape(made.after, zone),
        "steps": [outcome_shape(each, zone) for each in made.outcomes],
        "notes": [*made.others, *made.notes],
    }
    if answer.dispatch is not None:
        shape |= {"key": answer.dispatch.key, "reason": answer.dispatch.reason}
        shape |= {"state": str(row.state) if row else None, "attempts": row.attempts if row else 0}
        shape |= {"error": row.error if row else ""}
    return shape


def clause_shape(clause: ClauseShown) -> dict[str, object]:
    """Return the JSON shape of one clause."""
    return {
        "source": clause.source,
        "value": clause.value,
        "facts": {fact.name: plain(fact.value) for fact in clause.facts},
        "sources": {fact.name: fact.source for fact in clause.facts},
        **place_shape(clause.place),
    }


def outcome_shape(outcome: Outcome, zone: str) -> dict[str, object]:
    """Return the JSON shape of what becomes of one step."""
    return {
        "step": outcome.step,
        "connector": outcome.connector,
        "key": outcome.key,
        "decision": outcome.said,
        "due": instant_shape(outcome.due, zone),
        "state": str(outcome.state) if outcome.state else None,
    }


def place_shape(place: Place | None) -> dict[str, object]:
    """Return the JSON shape of where something was written; nobody wrote a usual value."""
    return {"file": place.file if place else None, "line": place.line if place else None}


def plain(value: object) -> object:
    """Return *value* as JSON knows it."""
    if isinstance(value, bool | int | float | str) or value is None:
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, dict):
        return {str(key): plain(inner) for key, inner in value.items()}
    return [plain(inner) for inner in value] if isinstance(value, list | tuple) else str(value)
