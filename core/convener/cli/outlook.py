"""How an outlook is read: by day and automation, each at its time on the recipient's own clock."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from zoneinfo import ZoneInfo

from convener.cli.face import Face
from convener.cli.shapes import address
from convener.model import Dispatch, Plan, Register
from convener.operations.parcels import SINKS

COLUMNS = ("day", "at", "automation", "what", "to", "why", "")
"""Headings of the lines."""


@dataclass(frozen=True, slots=True)
class Line:
    """One dispatch as it is read."""

    dispatch: Dispatch
    whom: str
    day: str
    """On the recipient's own calendar, and so that days sort: `2027-01-19 Tue`."""
    time: str
    """On the recipient's own clock, with its zone: `09:00 GMT`."""
    held: str
    """The rule that holds it, or nothing."""

    @property
    def place(self) -> tuple[str, ...]:
        """What is the same for those that share a line, and sorts the lines."""
        one = self.dispatch
        return self.day, self.time, one.automation, one.step, self.held


def lines(plan: Plan, register: Register, zone: str, *, each: bool = False) -> Iterator[Sequence[str]]:
    """Yield the cells of every line; with *each* one for each dispatch. *zone* is the programme's."""
    found = sorted((_line(plan, one, register, zone) for one in plan.dispatches), key=lambda line: line.place)
    day = ""
    for _, few in groupby(found, key=lambda line: (line.place, line.dispatch.key if each else "")):
        together = list(few)
        first = together[0]
        shown, day = (first.day if first.day != day else ""), first.day
        held = f"held by {first.held}" if first.held else ""
        one = first.dispatch
        yield shown, first.time, one.automation, what(one), whom([line.whom for line in together]), _why(together), held


def _line(plan: Plan, dispatch: Dispatch, register: Register, zone: str) -> Line:
    person = register.people.get(dispatch.recipient)
    local = dispatch.due.astimezone(ZoneInfo((person.zone if person else "") or zone))
    whom = address(register.people, dispatch.recipient) or ""
    return Line(dispatch, whom, f"{local:%Y-%m-%d %a}", f"{local:%H:%M %Z}", plan.held.get(dispatch.key, ""))


def what(dispatch: Dispatch) -> str:
    """Say what goes out in which way: `reminder by text`."""
    way = f"to {dispatch.connector}" if dispatch.channel == SINKS else f"by {dispatch.channel}"
    return f"{dispatch.what} {way}"


def whom(addresses: Sequence[str]) -> str:
    """Name one recipient, or count several; *addresses* has one for each dispatch."""
    named = list(dict.fromkeys(addresses))
    more = "" if len(addresses) == len(named) else f", {len(addresses)} messages"
    return f"{named[0]}{more}" if len(named) == 1 else f"{len(named)} people{more}: {named[0]} …"


def _why(together: Sequence[Line]) -> str:
    """Give the reason; of several only the beginning they share, and how many there are."""
    reasons = list(dict.fromkeys(line.dispatch.reason for line in together))
    if len(reasons) == 1:
        return reasons[0]
    heads = list(dict.fromkeys(reason.partition(": ")[0] for reason in reasons))
    sessions = len({line.dispatch.session for line in together})
    about = f"{sessions} sessions" if sessions == len(reasons) else f"{len(reasons)} reasons"
    return f"{' / '.join(heads)}: {about}"


def say_redirected(face: Face, to: str) -> None:
    """Say loudly when every message goes *to* one address; empty when each goes to its recipient."""
    if to:
        face.say(f"REDIRECTED: redirect_all is set, everything goes to {to} and nothing to the people above")
