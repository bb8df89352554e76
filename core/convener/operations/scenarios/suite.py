"""A test file as it is run: every name found, every moment an instant, every expectation with its place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from convener.decide import Prepared
from convener.decide.stage.happenings import Happening
from convener.errors import Place
from convener.model import Register
from convener.operations.scenarios.cast import Cast


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One thing that one person is to get; None stands for whatever it is."""

    of: str
    to: str
    """Id."""
    at: datetime
    """Naive, on the recipient's wall clock."""
    via: frozenset[str] | None = None
    what: str | None = None
    about: str | None = None
    """Id of the subject."""
    speaks_of: frozenset[str] | None = None
    """Ids."""
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedFlag:
    """One flag that is to stand."""

    of: str
    about: str
    """Id."""
    severity: str | None = None
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What is expected at one moment; None for what is not looked at."""

    sent: tuple[Wanted, ...] | None = None
    missed: tuple[Wanted, ...] | None = None
    held: tuple[Wanted, ...] | None = None
    flags: tuple[WantedFlag, ...] | None = None
    places: Mapping[str, Place] = field(default_factory=dict)
    """Where each of the four is written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterIn:
    """A register comes in; *others* is the status of every member it does not name."""

    session: str
    statuses: Mapping[str, str]
    others: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A moment of a test, what happens then, and what is expected."""

    at: datetime
    """Aware."""
    happening: Happening | RegisterIn | None = None
    refused: frozenset[str] | None = None
    """Ids of the rules that are to refuse it; None when it is to take place."""
    noted: frozenset[str] | None = None
    """Ids of the flexible rules it is noted to breach; None when that is not looked at."""
    expected: Expected = Expected()
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One test."""

    name: str
    of: frozenset[str]
    """Automations and rules it looks at."""
    register: Register = field(repr=False)
    starts: datetime
    """Aware instant at which it begins."""
    steps: tuple[Step, ...]
    cast: Cast = field(repr=False)
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Equivalent:
    """A mutant that no test can tell from the rule."""

    mutant: str
    because: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """The tests of one rule file."""

    name: str
    """Name of the rule file: `northern-health`."""
    file: str
    """The test file, as problems name it."""
    rules: str
    """The rule file, as places name it: what is written there is what these tests are for."""
    prepared: Prepared = field(repr=False)
    scenarios: tuple[Scenario, ...]
    equivalents: tuple[Equivalent, ...] = ()
