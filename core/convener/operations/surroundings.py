"""What rule files may speak of besides each other: connectors, facts and kinds of plugins, messages."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Self

from convener.bundled import bundled
from convener.documents import nearest
from convener.errors import Place, Problem, Severity
from convener.expressions import CATALOGUE
from convener.registry import Extended, Surveyed, extend, survey
from convener.rendering import Rehearsals, Renderer
from convener.rulesets.kinds import KINDS, Kinds
from convener.rulesets.ruleset import Ruleset
from convener.settings import Settings

WORK: Mapping[str, str] = {
    "roster": "roster",
    "polls": "polls",
    "email": "messages",
    "text": "messages",
    "calendar": "messages",
    "reports": "reports",
}
"""Role in `[stack]` → the work that its connectors must be fit for, as `survey` calls it."""
_EXTENDED = frozenset({"unknown-kind", "unknown-fact"})
"""Codes of problems that a plugin which could not be loaded may be the cause of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """The connectors, plugins and templates of a workspace at one moment."""

    connectors: Surveyed | None
    """None when the configuration cannot be read; then nothing is said of connectors."""
    extended: Extended
    rehearsals: Rehearsals
    problems: tuple[Problem, ...] = ()
    """What is wrong with the configuration or with a message that no client sends; refuses no client."""
    kinds: Kinds = field(default_factory=lambda: KINDS)

    @classmethod
    def of(cls, folder: Path, settings: Settings | None) -> Self:
        """Look at the workspace *folder* as *settings* configure it; opens no database and makes no connector."""
        surveyed = survey(settings.connectors, settings.sender) if settings else None
        plugins = settings.plugins if settings else {}
        extended = extend(plugins, facts=CATALOGUE, kinds=KINDS)
        problems = [
            Problem(code="broken-plugin", message=text, place=plugins[name]) for name, text in extended.broken.items()
        ]
        problems += surveyed.problems if surveyed else ()
        return cls(
            connectors=surveyed,
            extended=extended,
            rehearsals=Rehearsals(renderer_of(folder)),
            problems=tuple(problems),
            kinds={**KINDS, **{name: kind.terms for name, kind in extended.extensions.kinds.items()}},
        )

    @property
    def signature(self) -> str:
        """What of it the meaning of a rule file depends on."""
        extensions = self.extended.extensions
        plugins = (f"{name}={version}" for name, version in sorted(self.extended.versions.items()))
        return " ".join((_versions(), *plugins, *sorted(extensions.facts), *sorted(extensions.kinds)))

    def with_templates_of(self, folder: Path) -> Self:
        """Return these surroundings with the templates as they are now; nothing is rehearsed yet."""
        return replace(self, rehearsals=Rehearsals(renderer_of(folder)))

    def stack_problems(self, ruleset: Ruleset) -> Iterator[Problem]:
        """Yield what is wrong with the connectors that `[stack]` of *ruleset* names."""
        if self.connectors is None:
            return
        for role, names in ruleset.stack.items():
            for name in names:
                place = ruleset.places.get(
                    f"stack.{role}", Place(ruleset.files[-1] if ruleset.files else ruleset.client)
                )
                problem = self._connector_problem(role, name, place)
                yield from (problem,) if problem else ()

    def _connector_problem(self, role: str, name: str, place: Place) -> Problem | None:
        surveyed = self.connectors or Surveyed()
        if name in surveyed.broken:
            text = f"stack.{role} names the connector {name!r}, which cannot be used: {surveyed.broken[name]}"
            return Problem(code="broken-connector", message=text, place=place, severity=Severity.WARNING)
        if name not in surveyed.work:
            return Problem(
                code="unknown-connector",
                message=f"stack.{role} names the connector {name!r}, which config.toml does not configure",
                place=place,
                hint=f"{nearest(name, sorted(surveyed.work))}, or add a table [connectors.{name}]".removeprefix(
                    ", or "
                ),
            )
        if WORK[role] not in surveyed.work[name]:
            fit = sorted(other for other, work in surveyed.work.items() if WORK[role] in work)
            return Problem(
                code="unfit-connector",
                message=f"stack.{role} names the connector {name!r}, which does other work than {WORK[role]}",
                place=place,
                hint=f"allowed: {', '.join(fit)}" if fit else f"add a connector for {WORK[role]} to config.toml",
            )
        return None

    def blame(self, problem: Problem) -> Problem:
        """Return *problem*, with the plugins that are broken where one of them may be its cause."""
        if problem.code not in _EXTENDED or not self.extended.broken:
            return problem
        broken = "; ".join(f"plugin {name!r} is broken" for name in self.extended.broken)
        return replace(problem, hint=f"{problem.hint}; {broken}" if problem.hint else broken)


@lru_cache(maxsize=1)
def _versions() -> str:
    """Return the versions of what turns a rule into instants: Convener, the holidays and the zones."""
    return " ".join(version(name) for name in ("convener", "holidays", "tzdata"))


def renderer_of(folder: Path) -> Renderer:
    """Return what renders the templates of the workspace *folder*, its own before the shipped ones."""
    own = folder / "templates"
    return Renderer([own, bundled("templates")] if own.is_dir() else [bundled("templates")])
