"""The one loader of rule files: what `check` accepts is exactly what the daemon runs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from convener.bundled import bundled
from convener.decide import Prepared, prepare
from convener.errors import InvalidError, Place, Problem, Severity, UsageError
from convener.model import Verb
from convener.rendering import Renderer
from convener.rulesets import client_ids, load_client
from convener.rulesets.ruleset import Ruleset
from convener.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientRules:
    """One client's programmes, ready to be decided on."""

    client: str
    prepared: Mapping[str, Prepared] = field(default_factory=dict)
    """By programme id; empty when anything is wrong."""
    problems: tuple[Problem, ...] = ()

    @property
    def is_valid(self) -> bool:
        """Whether nothing but warnings was found."""
        return all(problem.severity is Severity.WARNING for problem in self.problems)


@dataclass(slots=True)
class RuleBook:
    """The rule files of a workspace, read once and again when they change."""

    folder: Path
    connectors: frozenset[str]
    """Names of the configured connectors."""
    renderer: Renderer
    """Knows the message templates there are."""
    _stamp: tuple[tuple[str, int], ...] | None = None
    """Names and times of change of the files as last read."""
    _clients: tuple[str, ...] = ()
    _kept: dict[str, ClientRules] = field(default_factory=dict)
    decided: dict[str, Prepared] = field(default_factory=dict)
    """By scope, the rules this process last decided by; under others something may be due sooner."""

    @classmethod
    def of(cls, folder: Path, settings: Settings) -> "RuleBook":
        """Return the rule files of *folder*, whose own templates come before the shipped ones; opens no database."""
        own = folder / "templates"
        renderer = Renderer([own, bundled("templates")] if own.is_dir() else [bundled("templates")])
        return cls(folder, frozenset(settings.connectors), renderer)

    def clients(self) -> tuple[str, ...]:
        """Return the ids of every client with a file in `rulesets/`."""
        self._refresh()
        return self._clients

    def load(self, client: str) -> ClientRules:
        """Return the rules of *client*, read again only when a file changed."""
        self._refresh()
        if client not in self._kept:
            self._kept[client] = self._read(client)
        return self._kept[client]

    def prepared(self, scope: str) -> Prepared:
        """Return the prepared rules of *scope* (`client/programme`); raise UsageError or InvalidError."""
        client, _, programme = scope.partition("/")
        rules = self.load(client) if client in self.clients() else None
        if rules is None:
            known = ", ".join(self.clients()) or "none"
            raise UsageError(f"there is no client {client!r}", hint=f"clients in rulesets/: {known}")
        if not rules.is_valid:
            raise InvalidError(rules.problems)
        if programme not in rules.prepared:
            raise UsageError(
                f"{client} has no programme {programme!r}", hint=f"programmes: {', '.join(rules.prepared)}"
            )
        return rules.prepared[programme]

    def ruleset(self, scope: str) -> Ruleset:
        """Return the ruleset of *scope*; raise UsageError or InvalidError."""
        return self.prepared(scope).ruleset

    def _refresh(self) -> None:
        """Forget what was read when a file has come, gone or changed."""
        files = [*self.folder.glob("rulesets/*.toml"), *self.folder.glob("templates/messages/*.j2")]
        stamp = tuple((str(path), path.stat().st_mtime_ns) for path in sorted(files))
        if stamp != self._stamp:
            self._stamp, self._clients = stamp, client_ids(self.folder)
            self._kept.clear()

    def _read(self, client: str) -> ClientRules:
        loaded = load_client(self.folder, client)
        problems = [*loaded.problems, *self.renderer.problems()]
        prepared: dict[str, Prepared] = {}
        for ruleset in loaded.rulesets:
            try:
                prepared[ruleset.programme] = prepare(ruleset)
            except InvalidError as error:
                problems.extend(error.problems)
            problems.extend(_unknown_connectors(ruleset, self.connectors))
            problems.extend(_unknown_messages(ruleset, self.renderer.names()))
        found = tuple(sorted(set(problems), key=lambda problem: (problem.place, problem.code)))
        rules = ClientRules(client=client, prepared=prepared, problems=found)
        return rules if rules.is_valid else ClientRules(client=client, problems=found)


def _place(ruleset: Ruleset, key: str) -> Place:
    return ruleset.places.get(key, Place(ruleset.files[-1] if ruleset.files else ruleset.client))


def _unknown_connectors(ruleset: Ruleset, connectors: frozenset[str]) -> list[Problem]:
    problems: list[Problem] = []
    for role, names in ruleset.stack.items():
        problems.extend(
            Problem(
                code="unknown-connector",
                message=f"stack.{role} names the connector {name!r}, which config.toml does not configure",
                place=_place(ruleset, f"stack.{role}"),
                hint=f"add a table [connectors.{name}] or name one of: {', '.join(sorted(connectors))}",
            )
            for name in names
            if name not in connectors
        )
    return problems


def _unknown_messages(ruleset: Ruleset, messages: frozenset[str]) -> list[Problem]:
    return [
        Problem(
            code="unknown-message",
            message=f"automation {automation.id!r} sends {step.what!r}, which has no template",
            place=automation.places.get("do", automation.place),
            hint=f"write templates/messages/{step.what}.md.j2 or name one of: {', '.join(sorted(messages))}",
        )
        for automation in ruleset.automations.values()
        for step in automation.steps
        if step.verb is Verb.SEND and step.what not in messages
    ]
