"""Who was there, person by session, as the page shows it: a sign and a shade for every status, never shade alone."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from convener.reporting.figures import Cell, Report
from convener.reporting.manner import Manner

SIGNS = {
    "attended": "\N{CHECK MARK}",
    "partly": "\N{CIRCLE WITH LEFT HALF BLACK}",
    "made-up": "\N{ANTICLOCKWISE OPEN CIRCLE ARROW}",
    "apologies": "A",
    "missed": "\N{MULTIPLICATION X}",
    "not-applicable": "\N{EN DASH}",
    "not applicable": "\N{EN DASH}",
    "planned": "\N{MIDDLE DOT}",
    "not recorded": "?",
}
"""Signs of the statuses of the shipped pack; any other status gets a letter of its own."""
SHADES = {
    "present": "present",
    "absent": "absent",
    "does not count": "aside",
    "not applicable": "aside",
    "not recorded": "open",
    "planned": "planned",
}
TINTS = {"attended": 0, "made-up": 1, "partly": 2, "apologies": 0, "missed": 1}
"""Which tint of its shade a status of the pack has, the same in every report."""
Record = Mapping[str, Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """One entry of the legend."""

    sign: str
    status: str
    shade: str
    """CSS class: what the status means for the figures, and which of several of that meaning it is."""
    effect: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One person's line; a cell is None where the session was cancelled or was not theirs."""

    name: str
    cells: tuple[Sign | None, ...]
    present: str
    share: str
    below: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The head of a column."""

    number: str
    day: str
    topic: str
    present: str
    """Present of counted, for the foot of the column; empty while there is nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """One pod: persons by sessions."""

    pod: str
    heads: tuple[Head, ...]
    lines: tuple[Line, ...]


def legend(records: Iterable[Record]) -> tuple[Sign, ...]:
    """Return a sign for each status that occurs, those that count first."""
    met = {(str(record["status"]), str(record["effect"])) for record in records}
    order = list(SHADES)
    found: list[Sign] = []
    taken = {SIGNS[status] for status, _ in met if status in SIGNS}
    shades: Counter[str] = Counter()
    for status, effect in sorted(met, key=lambda each: (order.index(each[1]), each[0])):
        sign = SIGNS.get(status) or _letter(status, taken)
        taken.add(sign)
        shade = SHADES[effect]
        tint = TINTS.get(status, shades[shade])
        found.append(Sign(sign=sign, status=_words(status), shade=f"{shade} {shade}-{tint}", effect=effect))
        shades[shade] += 1
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _How:
    """How lines are written, and who is listed as below the floor, by pod and name."""

    manner: Manner
    floor: float | None
    below: frozenset[tuple[str, str]]


def grids(report: Report, manner: Manner, floor: float | None) -> tuple[Grid, ...]:
    """Return one grid for each pod; none when persons may not be seen."""
    records = report.records("attendance-marks")
    below = frozenset((str(row.get("pod", "")), str(row["participant"])) for row in report.records("below-floor"))
    signs = {(sign.status, sign.effect): sign for sign in legend(records)}
    pods: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        pods[str(record.get("pod", ""))].append(record)
    return tuple(_grid(pod, rows, signs, _How(manner, floor, below)) for pod, rows in pods.items())


def _grid(pod: str, rows: list[Record], signs: Mapping[tuple[str, str], Sign], how: _How) -> Grid:
    numbers = sorted({int(str(row["session"])) for row in rows})
    people: dict[Cell, list[Record]] = defaultdict(list)
    for row in rows:
        people[row["line"]].append(row)
    heads = tuple(_head(number, [row for row in rows if row["session"] == number], how.manner) for number in numbers)
    lines = tuple(_line(mine, numbers, signs, how) for _, mine in sorted(people.items(), key=_by_line))
    return Grid(pod=how.manner.pod(pod) if pod else "", heads=heads, lines=lines)


def _by_line(item: tuple[Cell, list[Record]]) -> int:
    return int(str(item[0]))


def _line(rows: list[Record], numbers: list[int], signs: Mapping[tuple[str, str], Sign], how: _How) -> Line:
    mine = {row["session"]: signs[_words(str(row["status"])), str(row["effect"])] for row in rows}
    present, counted = _rate(rows)
    share = present / counted if counted else None
    return Line(
        name=str(rows[0]["participant"]),
        cells=tuple(mine.get(number) for number in numbers),
        present=how.manner.out_of(present, counted) if counted else "",
        share=how.manner.share(share),
        below=_is_below(share, rows[0], how),
    )


def _is_below(share: float | None, row: Record, how: _How) -> bool:
    listed = (str(row.get("pod", "")), str(row["participant"])) in how.below
    return listed and share is not None and how.floor is not None and share < how.floor


def _head(number: int, rows: list[Record], manner: Manner) -> Head:
    present, counted = _rate(rows)
    return Head(
        number=manner.number(number),
        day=manner.brief(rows[0].get("date")),
        topic=str(rows[0].get("topic", "")),
        present=f"{manner.number(present)}/{manner.number(counted)}" if counted else "",
    )


def _rate(rows: Iterable[Record]) -> tuple[int, int]:
    effects = Counter(str(row["effect"]) for row in rows)
    return effects["present"], effects["present"] + effects["absent"]


def _words(status: str) -> str:
    return status.replace("-", " ")


def _letter(status: str, taken: set[str]) -> str:
    letters = [letter.upper() for letter in status if letter.isalpha()]
    return next((letter for letter in letters if letter not in taken), status[:2])
