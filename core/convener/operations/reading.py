"""Reading one client: its files, its clauses, its words and its connectors, judged by one function (R29, P15)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from convener.decide import Prepared, prepare
from convener.errors import InvalidError, Place, Problem, errors_of
from convener.operations.rehearsed_messages import message_problems
from convener.operations.surroundings import Surroundings
from convener.rulesets import isolated_by, load_client
from convener.rulesets.ruleset import Ruleset


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientRules:
    """One client's programmes, ready to be decided on."""

    client: str
    prepared: Mapping[str, Prepared] = field(default_factory=dict)
    """By programme id; empty when anything is wrong that is not of one automation alone."""
    problems: tuple[Problem, ...] = ()
    """Everything wrong with the files as last read, sorted by place."""
    isolated: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)
    """Id of an automation that `prepared` is without → what is wrong with it."""
    stamp: str = ""
    """Of the files that `prepared` was made from."""

    @property
    def signature(self) -> str:
        """What tells `prepared` from another one: an automation may be left out for its message, which is no rule."""
        return " ".join((self.stamp, *sorted(self.isolated)))

    @property
    def is_valid(self) -> bool:
        """Whether nothing but warnings was found."""
        return not any(errors_of(self.problems))

    @property
    def is_usable(self) -> bool:
        """Whether every error is of one automation, so that the others can run."""
        return all(problem.owner for problem in errors_of(self.problems))


SURE = frozenset(
    {
        "bad-attachment", "bad-clause", "bad-late", "bad-moment", "bad-placeholder", "broken-connector",
        "template-include", "template-name", "template-syntax", "template-value", "type-mismatch", "unfit-connector",
        "unknown-connector", "unknown-fact", "unknown-message",
    }
)  # fmt: skip
"""Codes of problems that would be there whatever else is mended: told beside those that refuse a client."""


def read_client(folder: Path, client: str, around: Surroundings, stamp: str = "") -> ClientRules:
    """Read *client* of the workspace *folder*; never raises, so that one client cannot keep others from being read."""
    try:
        return _read(folder, client, around, stamp)
    except Exception as error:  # noqa: BLE001 - a stranger's model of a kind may raise anything
        problem = Problem(
            code="internal-error",
            message=f"cannot be read: {type(error).__name__}",
            place=Place(f"rulesets/{client}.toml"),
            hint="report it, or to the author of a plugin whose kinds the file uses",
        )
        return ClientRules(client=client, problems=(problem,), stamp=stamp)


def _read(folder: Path, client: str, around: Surroundings, stamp: str) -> ClientRules:
    loaded = load_client(folder, client, kinds=around.kinds)
    problems = [around.blame(problem) for problem in loaded.problems]
    prepared: dict[str, Prepared] = {}
    for ruleset in loaded.rulesets:
        prepared |= _judged(ruleset, around, problems)
    for draft in loaded.drafts:
        problems += _sure(draft, around)
    isolated = isolated_by(problems)
    if isolated:
        prepared = {name: part for each in loaded.rulesets for name, part in _without(each, isolated, around).items()}
    rules = ClientRules(client=client, prepared=prepared, problems=sorted_out(problems), isolated=isolated, stamp=stamp)
    return rules if rules.is_usable else replace(rules, prepared={}, isolated={})


def sorted_out(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return *problems* by place; one that several automations share is told once."""
    ordered = sorted(problems, key=lambda problem: (problem.place, problem.code, problem.message, problem.owner))
    seen: dict[tuple[Place, str, str], Problem] = {}
    for problem in ordered:
        seen.setdefault((problem.place, problem.code, problem.message), problem)
    return tuple(seen.values())


def _judged(ruleset: Ruleset, around: Surroundings, problems: list[Problem]) -> dict[str, Prepared]:
    """Return *ruleset* prepared, nothing when that cannot be; append everything that is wrong with it to *problems*."""
    problems += around.stack_problems(ruleset)
    problems += message_problems(ruleset, around.rehearsals)
    return _prepared(ruleset, around, problems)


def _sure(draft: Ruleset, around: Surroundings) -> list[Problem]:
    """Return what is wrong with a ruleset that lacks what could not be read, and is not the consequence of that."""
    problems: list[Problem] = []
    _judged(draft, around, problems)
    return [problem for problem in problems if problem.code in SURE]


def _prepared(ruleset: Ruleset, around: Surroundings, problems: list[Problem]) -> dict[str, Prepared]:
    try:
        prepared = prepare(ruleset, around.extended.extensions)
    except InvalidError as error:
        problems += [around.blame(problem) for problem in error.problems]
        return {}
    problems += prepared.warnings
    return {ruleset.programme: prepared}


def _without(ruleset: Ruleset, isolated: Mapping[str, object], around: Surroundings) -> dict[str, Prepared]:
    """Prepare *ruleset* without the automations that are wrong; nothing when more than they is."""
    sound = {name: automation for name, automation in ruleset.automations.items() if name not in isolated}
    return _prepared(replace(ruleset, automations=sound), around, [])
