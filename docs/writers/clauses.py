"""`clauses.md`: the language that conditions are written in."""

from convener.errors import Place
from convener.expressions import FUNCTIONS, OPERATORS, compile_clause
from convener.expressions.budgets import COSTLIEST, DEEPEST, LONGEST, LONGEST_LIST, LONGEST_TEXT
from writers.markdown import code, table

INTRODUCTION = """\
# Clauses

A condition in `when` or `require` is a list of clauses, all of which must hold.
A clause is a strict, typed part of [CEL](https://cel.dev) over the [facts](facts.md): \
whatever can be written here means the same in CEL.
`convener check` refuses, with line, column and cure, whatever has a wrong name or a wrong type.

```toml
[automations.nudge]
on = "2 days before session.starts, at 09:00"
for_each = "participant"
when = [
  "session.status in ['proposed', 'confirmed']",
  "attendance.missed >= 2 || has(attendance.rate) && attendance.rate < 0.75",
  "session.starts.getHours(participant.zone) < 12",
]
do = { send = "reminder", via = ["email"] }
```

## Values
"""
VALUES = {
    "bool": ("`true`, `false`", "yes or no"),
    "int": ("`3`, `-1`", "a whole number of 64 bits"),
    "float": ("`0.75`, `1.0`, `1e-3`", "a number with a point; `1` is none, write `1.0`"),
    "string": ("`'north'`, `\"north\"`", "a text; `\\\\`, `\\'`, `\\\"`, `\\n`, `\\r` and `\\t` may stand in it"),
    "timestamp": ("`timestamp('2027-01-18T09:30:00Z')`", "an instant, to the microsecond"),
    "duration": ("`duration('36h')`", "a length of time in `h`, `m`, `s` and `ms`, 292 years at most"),
    "list(…)": ("`['north', 'south']`", "values of one type; at least one where it is written out"),
}
UNKNOWN = """\
## Unknown

What is not recorded, or does not apply, is unknown: neither true nor false.
What is made of something unknown is unknown too, with these exceptions:

- `&&` is false when a side is false, and `||` is true when a side is true, whatever the other side is;
- `has(fact)` tells whether a fact is known;
- `? :` looks at the value it chooses only;
- `all` and `exists` are settled by one value of the list.

What CEL calls an error is unknown here: division by zero, a whole number beyond 64 bits, \
a date outside the years 1 to 9999, a place that a list does not have, a text that is no number.
An automation does not fire on what is unknown; an inflexible rule does not let it pass.

## Operators

Those that bind weakest come first; brackets decide otherwise.
"""
LIMITS = f"""\
## Limits

No clause can hang: `convener check` refuses one that is too large.
A clause has at most {LONGEST:,} characters, {DEEPEST} levels of operators, calls and brackets, \
and {COSTLIEST:,} steps when every list is as long as it may be.
A text that grows beyond {LONGEST_TEXT:,} characters, and a list of more than {LONGEST_LIST} values that comes from a \
fact, is unknown.

## What CEL has besides

Regular expressions (`matches`) are left out because one can run for ever.
Maps, bytes, unsigned numbers, `null`, `type`, comments, and lists of lists are left out because no fact needs them.
"""


def page() -> str:
    """Return the page; every example on it is compiled."""
    for example in (each.example for each in (*OPERATORS, *FUNCTIONS.values())):
        compile_clause(example, Place("docs"))
    rows = [(code(name), written, meaning) for name, (written, meaning) in VALUES.items()]
    parts = [INTRODUCTION, table(("type", "written", "meaning"), rows), UNKNOWN, _operators(), "## Functions\n"]
    parts += ["`zone` is an IANA time zone; without one a time is read in UTC.\n", _functions(), LIMITS]
    return "\n".join(parts)


def _operators() -> str:
    head = ("operator", "takes", "gives", "meaning", "example")
    return table(
        head,
        (
            (" ".join(map(code, each.signs)), each.takes, each.gives, each.meaning, code(each.example))
            for each in OPERATORS
        ),
    )


def _functions() -> str:
    return table(
        ("function", "meaning", "example"),
        (
            ("<br>".join(code(one.shown(each.name)) for one in each.signatures), each.meaning, code(each.example))
            for each in FUNCTIONS.values()
        ),
    )
