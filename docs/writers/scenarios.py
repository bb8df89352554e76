"""`test-files.md`: the tables of a test file, from the models that check them."""

from pydantic import BaseModel

from convener.operations.scenarios.tables import (
    EquivalentTable,
    Expectations,
    FlagTable,
    GivenTable,
    HappeningTable,
    ParticipantTable,
    PersonTable,
    PodTable,
    PollTable,
    PretendTable,
    ScenarioFile,
    ScenarioTable,
    SentTable,
    SessionTable,
    StepTable,
)
from convener.operations.scenarios.tables import happenings as happening_tables
from writers.fields import field_table
from writers.markdown import prose

INTRODUCTION = """\
# Test files

The tests of `rulesets/NAME.toml` stand in `rulesets/NAME.test.toml` and run with `convener test NAME`.
How to write and read them: [test your rules](../how-to/test-your-rules.md).

A moment is written as `"2027-01-15 09:00"`, perhaps with the day of the week before it, which must be the right one.
`sent`, `missed` and `held` are on the wall clock of whoever it goes to, everything else on the programme's.
People are named by the keys of `participants`, `managers` and `coaches`, sponsors by their address.
A session is `1` where there is one pod, and `"north/1"` in any case.

The keys of the file:
"""
USUAL = """\
Without participants there are `ann`, `ben` and `cat` in one pod, `north`, with coach `cox`.
The first two report to `mia`, the third to `max`.
Whoever is named stands in for the usual ones of that word.
"""
STEPS = """\
Besides what is expected, a step may say these.
A step without any of them lets time pass.
"""
EXPECTED = """\
A test says these with `until`, a step by itself.
They are about everything since the same key was last said, of the automations and rules that the test is `of`.
"""
SECTIONS: tuple[tuple[str, str, type[BaseModel]], ...] = (
    ("`[pretend]`", "", PretendTable),
    ("`[given]`", USUAL, GivenTable),
    ("One of `given.participants`", "The keys of a manager or coach, and these.", ParticipantTable),
    ("One of `given.managers` or `given.coaches`", "A person may also be an empty table.", PersonTable),
    ("One of `given.pods`", "", PodTable),
    ("One of `given.sessions`", "A moment alone is a confirmed session that starts then.", SessionTable),
    ("One of `given.polls`", "", PollTable),
    ("`[[tests]]`", "", ScenarioTable),
    ("What is expected", EXPECTED, Expectations),
    ("One of `sent`, `missed` or `held`", "", SentTable),
    ("One of `flags`", "", FlagTable),
    ("One of `steps`", STEPS, StepTable),
    (
        "What happens in a step",
        "At most one of these; `withdraw` and `return` may name the person alone.",
        HappeningTable,
    ),
    ("`[[equivalent]]`", "", EquivalentTable),
)
HAPPENINGS: tuple[tuple[str, type[BaseModel]], ...] = (
    ("withdraw", happening_tables.LeaveTable),
    ("second", happening_tables.SecondTable),
    ("return", happening_tables.ReturnTable),
    ("promote", happening_tables.PromoteTable),
    ("manager and pod", happening_tables.MoveTable),
    ("coach", happening_tables.CoachTable),
    ("session", happening_tables.RescheduleTable),
    ("attendance", happening_tables.AttendanceTable),
    ("answer", happening_tables.AnswerTable),
)


def page() -> str:
    """Return the page."""
    parts = [INTRODUCTION, own_table(ScenarioFile)]
    for title, told, model in SECTIONS:
        parts += [f"## {title}\n", f"{told.strip() or about(model)}\n", own_table(model)]
    for keys, model in HAPPENINGS:
        parts += [f"### {keys}\n", f"{about(model)}\n", own_table(model)]
    parts += ["## `[[equivalent]]`\n", f"{about(EquivalentTable)}\n", own_table(EquivalentTable)]
    return "\n".join(parts)


def about(model: type[BaseModel]) -> str:
    """Return what *model* says of itself, without the key it stands under."""
    told = (model.__doc__ or "").rpartition("`: ")[2]
    return prose(f"{told[:1].upper()}{told[1:]}")


def own_table(model: type[BaseModel]) -> str:
    """Return the table of the keys that *model* does not share with the table it is made of."""
    own = {info.alias or name for name, info in model.model_fields.items() if name in model.__annotations__}
    head, rule, *rows = field_table(model).replace("`True`", "`true`").splitlines()
    kept = [row for row in rows if row.split("`")[1] in own]
    return "\n".join([head, rule, *kept]) + "\n"
