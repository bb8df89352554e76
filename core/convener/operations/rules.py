"""The one loader of rule files: what `check` accepts is exactly what the daemon runs.

One command reads the files as they are. The daemon reads them when it is told to, takes what is sound in one step,
and goes on with the last good set of a client whose files are not.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

from convener.decide import Prepared
from convener.errors import InvalidError, Problem, UsageError
from convener.operations.last_good import LastGood
from convener.operations.reading import ClientRules, read_client, sorted_out
from convener.operations.stamps import RULES, TEMPLATES, Looks, looks_of, stamp_of
from convener.operations.surroundings import Surroundings
from convener.rendering import Renderer
from convener.rulesets import client_ids
from convener.rulesets.ruleset import Ruleset
from convener.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Reloaded:
    """What became of the rules when they were looked at again."""

    changed: tuple[str, ...] = ()
    """Clients whose set of rules is another one than before."""
    refused: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)
    """Clients whose files are not taken, and why; they go on with their last good set, or wait without one."""
    isolated: Mapping[str, Mapping[str, tuple[Problem, ...]]] = field(default_factory=dict)
    """By client, the automations that the set in force is without, and why."""
    problems: tuple[Problem, ...] = ()
    """What is wrong with the configuration or with templates that nobody sends."""

    @property
    def is_sound(self) -> bool:
        """Whether every file is in force as it is written."""
        return not (self.refused or self.isolated or self.problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shelf:
    """The files as they looked at one moment, and what has been read of them."""

    rules: Looks
    templates: Looks
    clients: tuple[str, ...]
    around: Surroundings
    kept: dict[str, ClientRules] = field(default_factory=dict)
    last_read: Mapping[str, ClientRules] = field(default_factory=dict)
    """What the files said when they were last read, of clients that go on with an earlier set too."""


@dataclass(slots=True)
class RuleBook:
    """The rule files of a workspace."""

    folder: Path
    settings: Settings | None
    """None when the configuration cannot be read; the files can be checked all the same."""
    _shelf: _Shelf | None = None
    _stands: bool = False
    """Whether the files are looked at only when `reload` is called."""

    @classmethod
    def of(cls, folder: Path, settings: Settings | None) -> Self:
        """Return the rule files of *folder*; reads nothing yet and opens no database."""
        return cls(folder, settings)

    @property
    def renderer(self) -> Renderer:
        """What renders the templates, the workspace's own before the shipped ones."""
        return (self._shelf or self._look()).around.rehearsals.renderer

    def clients(self) -> tuple[str, ...]:
        """Return the ids of every client with a file in `rulesets/`."""
        return self._look().clients

    def problems(self) -> tuple[Problem, ...]:
        """Return what is wrong with the configuration or with templates that nobody sends; it refuses no client."""
        shelf = self._look()
        told = {problem.place for rules in shelf.kept.values() for problem in rules.problems}
        unsent = [problem for problem in shelf.around.rehearsals.renderer.problems() if problem.place not in told]
        return sorted_out([*shelf.around.problems, *unsent])

    def troubles(self) -> Mapping[str, str]:
        """Return the facts and kinds of plugins that failed when they were asked so far, and how."""
        return self._shelf.around.extended.troubles if self._shelf else {}

    def load(self, client: str) -> ClientRules:
        """Return the rules of *client*: as the files are now, or those in force once the book stands."""
        return self._load(client, self._look())

    def load_all(self) -> tuple[ClientRules, ...]:
        """Return the rules of every client."""
        shelf = self._look()
        return tuple(self._load(client, shelf) for client in shelf.clients)

    def prepared(self, scope: str) -> Prepared:
        """Return the prepared rules of *scope* (`client/programme`); raise UsageError or InvalidError."""
        client, _, programme = scope.partition("/")
        known = self.clients()
        if client not in known:
            raise UsageError(
                f"there is no client {client!r}", hint=f"clients in rulesets/: {', '.join(known) or 'none'}"
            )
        rules = self.load(client)
        if not rules.is_valid and not (self._stands and rules.prepared):
            raise InvalidError(rules.problems)
        if programme not in rules.prepared:
            raise UsageError(
                f"{client} has no programme {programme!r}", hint=f"programmes: {', '.join(rules.prepared)}"
            )
        return rules.prepared[programme]

    def ruleset(self, scope: str) -> Ruleset:
        """Return the ruleset of *scope*; raise UsageError or InvalidError."""
        return self.prepared(scope).ruleset

    def stamp(self, client: str) -> str:
        """Return a digest of everything the rules of *client* come from, and what they are without; parses nothing."""
        if self._stands and self._shelf and client in self._shelf.kept:
            return self._shelf.kept[client].signature
        return self._stamp(client, (self._shelf or self._look()).around)

    def reload(self, last_good: LastGood | None = None) -> Reloaded:
        """Look at the files, take in one step what is sound, and from now on only when told so again.

        Costs a look at each file when nothing changed. What is right is kept in *last_good*, and a client whose files
        were never right since this process began goes on by what is kept there.
        """
        before = self._shelf if self._stands else None
        fresh = self._fresh(before)
        if fresh is not before:
            everyone = sorted({*fresh.clients, *_with_a_set(before)})
            last_read = {client: self._read_again(client, fresh, before) for client in everyone}
            kept = {client: _in_force(rules, before) for client, rules in last_read.items()}
            if last_good:
                kept = {client: _kept_well(rules, fresh.around, last_good) for client, rules in kept.items()}
                last_good.forget_all_but(everyone)
            self._shelf = replace(fresh, clients=tuple(everyone), kept=kept, last_read=last_read)
            self._stands = True
        return self._reloaded(before)

    def _reloaded(self, before: _Shelf | None) -> Reloaded:
        kept = self._look().kept
        had = before.kept if before else {}
        return Reloaded(
            changed=tuple(client for client, rules in kept.items() if _is_other(rules, had.get(client))),
            refused={client: rules.problems for client, rules in kept.items() if not rules.is_usable},
            isolated={client: rules.isolated for client, rules in kept.items() if rules.isolated},
            problems=self.problems(),
        )

    def _look(self) -> _Shelf:
        """Return what is known of the files: as they are now, or as they were when the book was told to stand."""
        if self._shelf is None or not self._stands:
            self._shelf = self._fresh(self._shelf)
        return self._shelf

    def _fresh(self, before: _Shelf | None) -> _Shelf:
        """Return *before* when the files still look the same, otherwise an empty shelf."""
        rules, templates = looks_of(self.folder, RULES), looks_of(self.folder, TEMPLATES)
        if before is None:
            around = Surroundings.of(self.folder, self.settings)
        elif templates != before.templates:
            around = before.around.with_templates_of(self.folder)
        elif rules == before.rules:
            return before
        else:
            around = before.around
        return _Shelf(rules=rules, templates=templates, clients=client_ids(self.folder), around=around)

    def _load(self, client: str, shelf: _Shelf) -> ClientRules:
        if client not in shelf.kept:
            shelf.kept[client] = self._read(client, shelf)
        return shelf.kept[client]

    def _read_again(self, client: str, shelf: _Shelf, before: _Shelf | None) -> ClientRules:
        """Return what the files of *client* say, read anew only when they or the templates changed."""
        known = before.last_read.get(client) if before else None
        if known and before and shelf.around is before.around and known.stamp == self._stamp(client, shelf.around):
            return known
        return self._read(client, shelf)

    def _read(self, client: str, shelf: _Shelf) -> ClientRules:
        return read_client(self.folder, client, shelf.around, self._stamp(client, shelf.around))

    def _stamp(self, client: str, around: Surroundings) -> str:
        return stamp_of(self.folder, client, around.signature)


def _with_a_set(before: _Shelf | None) -> Iterator[str]:
    """Yield the clients that can go on though their file is gone; a broken pack passed for one that cannot."""
    return (client for client, rules in before.kept.items() if rules.prepared) if before else iter(())


def _in_force(read: ClientRules, before: _Shelf | None) -> ClientRules:
    """Return the set to go on with: the one just read, or the last good one with what is wrong now."""
    good = before.kept.get(read.client) if before else None
    if read.is_usable or good is None or not good.prepared:
        return read
    return replace(good, problems=read.problems)


def _kept_well(rules: ClientRules, around: Surroundings, last_good: LastGood) -> ClientRules:
    """Return *rules*, kept when nothing refuses them; by the set that is kept when there is no other to go on with."""
    if rules.is_usable:
        last_good.keep(rules, around)
        return rules
    good = None if rules.prepared else last_good.read(rules.client, around)
    return replace(good, problems=rules.problems) if good and good.prepared else rules


def _is_other(rules: ClientRules, before: ClientRules | None) -> bool:
    return before is None or rules.prepared is not before.prepared
