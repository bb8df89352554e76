"""`rosters.md`: the columns of the tables that people hand in."""

from convener.operations.roster import ALIASES, REQUIRED
from convener.planning.availability import WORDS
from convener_files.limits import LIMITS
from writers.markdown import code, table

MEANINGS = {
    "id": "how a person is known again; never changes",
    "name": "the whole name",
    "email": "where messages go",
    "mobile": "where text messages go",
    "zone": "IANA zone of their wall clock; the programme's without",
    "holidays": "their own holiday calendar, `GB-ENG`",
    "manager": "name of the line manager",
    "manager_email": "address of the line manager",
}
COACHES = {
    "email": "address and id",
    "name": "the whole name",
    "timezone": "IANA zone; the programme's without",
    "max_pods": "most pods at once; no bound without",
    "accredited": "words for `coach-accredited`, divided by `;`",
    "years": "of experience",
    "away": "days without sessions, `2027-03-22..2027-04-02`, divided by `;`",
}
REGISTERS = {
    "email": "address of the person",
    "session": "its number in the person's pod, or its id",
    "status": "a word of the client's `attendance-status`",
    "engagement": "1 to 5; may be empty or absent",
    "note": "for the coach's team alone; may be empty or absent",
}
INTRODUCTION = """\
# Rosters and other tables

CSV or XLSX, one heading line, every value text.
How they come in: [bring in a roster](../how-to/bring-in-a-roster.md), [registers](../how-to/registers.md).

## Roster

Letter case, dashes and underscores in a heading do not matter.
The programme's `columns` names others.
Every further column is kept for rules, by its heading in lower case with underscores.
"""
ANSWERS = """\
## Answers to a dates poll

One column `email`; every other heading is a slot: a date (`2027-01-19`, the hours of the programme's \
`session-window`) or an instant (`2027-02-08T12:00:00+11:00`, as long as a session).
An instant without an offset is read on the programme's wall clock.
"""


def page() -> str:
    """Return the page."""
    fields = ((code(f), "yes" if f in REQUIRED else "", ", ".join(ALIASES[f]), MEANINGS[f]) for f in ALIASES)
    words = ((code(word) or "an empty cell", code(answer)) for word, answer in WORDS.items())
    parts = [INTRODUCTION, table(("field", "needed", "headings", "meaning"), fields)]
    parts += ["## Coaches\n", _columns(COACHES), ANSWERS, table(("word", "counts as"), words)]
    parts += ["## Register\n", _columns(REGISTERS), "## Limits\n", limits()]
    return "\n".join(parts)


def _columns(meanings: dict[str, str]) -> str:
    return table(("column", "meaning"), ((code(name), text) for name, text in meanings.items()))


def limits() -> str:
    """Return the ceilings of a file."""
    rows = (
        ("size of a file", f"{LIMITS.file_bytes // 2**20} MB"),
        ("rows", f"{LIMITS.rows:,}"),
        ("columns", f"{LIMITS.columns:,}"),
        ("cells", f"{LIMITS.cells:,}"),
        ("characters of one value", f"{LIMITS.field:,}"),
        ("an XLSX file, unpacked", f"{LIMITS.unpacked // 2**20} MB"),
    )
    return table(("what", "at most"), rows)
