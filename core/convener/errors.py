"""What can go wrong, and with which exit code a person hears of it.

ConvenerError                 exit 1, printed as one message, never as a traceback
├── UsageError                exit 2, the command line asks for something that does not exist
├── InvalidError              exit 3, rules or configuration are wrong; carries every problem found
├── RefusedError              exit 3, an inflexible rule forbids what was asked; names the rule
├── DataError                 exit 1, a roster, register or answer file cannot be read
├── StoreError                exit 1, the database cannot be used as it is
├── HeldError                 exit 1, nothing goes out of a database that was copied or put back until a person says so
├── PluginError               exit 1, a plugin is unknown, broken or lacks its library
├── BusyError                 exit 75, another daemon runs
└── ConnectorError            exit 4, the other side did not take it
    ├── PermanentError        and never will: do not try again
    ├── RetryError            but may later; says when to come back if it knows
    └── AmbiguousError        or perhaps it did: the connection ended before the answer
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import ClassVar


class Exit(IntEnum):
    """Exit codes of the command line; a public interface."""

    OK = 0
    ERROR = 1
    USAGE = 2
    INVALID = 3
    PARTLY = 4
    IN_DOUBT = 5
    BUSY = 75


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something was written: file, line and column, both counted from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Severity(StrEnum):
    """How bad a problem is: an error refuses the file, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing wrong in something written by hand, with its place and its cure."""

    code: str
    """Stable name of the kind of problem, for example `unknown-key`."""
    message: str
    """What is wrong, lowercase, no final period."""
    place: Place
    hint: str = ""
    """The cure: the nearest name, the allowed values or a valid example."""
    severity: Severity = Severity.ERROR
    owner: str = ""
    """The one table its cure is in, `automations.welcome`; empty when more than that table depends on it."""

    def __str__(self) -> str:
        text = f"{self.place}: {self.message}"
        return f"{text}; {self.hint}" if self.hint else text


def errors_of(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield those of *problems* that refuse a file."""
    return (problem for problem in problems if problem.severity is Severity.ERROR)


class ConvenerError(Exception):
    """Something Convener reports to a person."""

    exit_code: ClassVar[Exit] = Exit.ERROR

    def __init__(self, message: str = "", *, hint: str = "") -> None:
        super().__init__(message or (type(self).__doc__ or ""))
        self.hint = hint


class UsageError(ConvenerError):
    """The command line asks for something that does not exist."""

    exit_code = Exit.USAGE


class InvalidError(ConvenerError):
    """Rules or configuration are wrong."""

    exit_code = Exit.INVALID

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class RefusedError(ConvenerError):
    """An inflexible rule forbids what was asked."""

    exit_code = Exit.INVALID

    def __init__(self, message: str, *, rules: tuple[str, ...], hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.rules = rules
        """Ids of the inflexible rules that stand against it."""


class DataError(ConvenerError):
    """A roster, register or answer file cannot be read."""


class StoreError(ConvenerError):
    """The database cannot be used as it is."""


class HeldError(ConvenerError):
    """Nothing goes out until a person says so."""


class PluginError(ConvenerError):
    """A plugin is unknown, broken or lacks its library."""


class BusyError(ConvenerError):
    """Another daemon runs."""

    exit_code = Exit.BUSY


class ConnectorError(ConvenerError):
    """The other side did not take it."""

    exit_code = Exit.PARTLY


class PermanentError(ConnectorError):
    """The other side refused for good."""

    def __init__(self, message: str = "", *, dead: bool = False) -> None:
        super().__init__(message)
        self.dead = dead
        """Whether it is the address itself that nobody is behind, so that another message would end the same."""


class Delay(StrEnum):
    """Why something has to wait, which decides how long and how often it is tried again."""

    BUSY = "busy"
    """The other side has too much to do, or is in trouble of its own."""
    GREYLISTED = "greylisted"
    """It wants to see the same message again before it takes it."""
    FULL = "full"
    """It has no room, for this recipient or at all."""
    UNREACHABLE = "unreachable"
    """Nothing answers: no message is at fault, and none is given up for it."""
    MISCONFIGURED = "misconfigured"
    """It does not let this installation in: a person mends it, and no message is given up for it."""


class RetryError(ConnectorError):
    """The other side may take it later."""

    def __init__(self, message: str, *, retry_after: float | None = None, delay: Delay = Delay.BUSY) -> None:
        super().__init__(message)
        self.retry_after = retry_after
        """Seconds the other side asked us to wait, if it said so."""
        self.delay = delay


class AmbiguousError(ConnectorError):
    """Nobody can tell whether the other side took it."""
