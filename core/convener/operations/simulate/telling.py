"""What happens, in words: one line for each kind of happening."""

from datetime import date

from convener.decide.stage.happenings import Answered, Attended, GoLive, Happening
from convener.model import (
    CancelSession,
    MovePod,
    MoveSession,
    NewManager,
    Promote,
    Register,
    Return,
    Second,
    SwapCoach,
    Withdraw,
)


def told(what: Happening, register: Register) -> str:
    """Say *what* happens; people are named by their address."""
    match what:
        case GoLive():
            return "the programme goes live"
        case Attended():
            return f"register of {what.session}"
        case Answered():
            return f"{_who(what.person, register)} answers {what.poll}"
        case MoveSession() | CancelSession():
            moved = f"moves to {_on(what.starts.date())}" if isinstance(what, MoveSession) else "is cancelled"
            return f"{what.session} {moved}"
        case SwapCoach():
            return f"{what.pod} gets coach {_who(what.coach, register)}{_from(what.on)}"
        case _:
            return f"{_who(what.person, register)} {_doing(what)}{_from(what.on)}"


def _doing(what: Withdraw | Second | Return | NewManager | Promote | MovePod) -> str:
    match what:
        case Withdraw():
            return "withdraws"
        case Second():
            away = f" until {_on(what.until)}" if what.until else ""
            return f"is seconded{f' to {what.pod}' if what.pod else ''}{away}"
        case Return():
            return f"comes back{f' to {what.pod}' if what.pod else ''}"
        case NewManager():
            return f"reports to {what.email}"
        case Promote():
            return "is promoted"
        case MovePod():
            return f"moves to {what.pod}"


def _who(person: str, register: Register) -> str:
    known = register.people.get(person)
    return known.email if known else person


def _from(day: date) -> str:
    return f" from {_on(day)}"


def _on(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
