"""How the daemon of a workspace is: kept in `var/health.json`, whole at every moment, for whoever looks.

It names clients, automations, files, lines and codes, and never repeats what stands in a file.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from convener.clock import Clock
from convener.durable import write_whole
from convener.errors import Place, errors_of
from convener.model import Flag
from convener.operations.rules import Reloaded

FILE = Path("var") / "health.json"
"""Where it is kept, below the workspace."""
Status = Literal["ok", "degraded", "stopped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """One place in a file for which something is not in force as it is written."""

    client: str = ""
    """The client whose rules are refused; empty for the configuration and for templates that nobody sends."""
    automation: str = ""
    """The automation that the client's rules are without, when that is all."""
    code: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What the daemon said of itself last."""

    status: Status
    since: datetime
    """When it began to be so, aware."""
    troubles: tuple[Trouble, ...] = ()
    jobs: Mapping[str, int] = field(default_factory=dict)
    """Jobs that fail, and how often in a row."""
    plugins: tuple[str, ...] = ()
    """Facts and kinds of plugins that failed when they were asked, and how."""
    breakers: tuple[str, ...] = ()
    """Connectors that are left alone for a while, because their other side fails again and again."""


@dataclass(slots=True)
class HealthKeeper:
    """Writes the health of one daemon whenever it changes."""

    folder: Path
    clock: Clock
    _last: Health | None = None

    def tell(
        self, rules: Reloaded, jobs: Mapping[str, int], plugins: Iterable[str] = (), *, breakers: Iterable[str] = ()
    ) -> Health | None:
        """Write that the daemon works, and what it works without, and return that; None when nothing changed.

        Raise OSError when it cannot be written.
        """
        health = Health(
            status="ok",
            since=self.clock.now(),
            troubles=tuple(troubles_of(rules)),
            jobs=dict(jobs),
            plugins=tuple(sorted(plugins)),
            breakers=tuple(sorted(breakers)),
        )
        without = health.troubles or health.jobs or health.plugins or health.breakers
        return self._write(replace(health, status="degraded") if without else health)

    def stop(self) -> None:
        """Write that the daemon ended as it should."""
        self._write(Health(status="stopped", since=self.clock.now()))

    def _write(self, health: Health) -> Health | None:
        last = self._last
        if last is not None and replace(health, since=last.since) == last:
            return None
        if last is not None and last.status == health.status:
            health = replace(health, since=last.since)
        write_whole(self.folder / FILE, (json.dumps(_shape(health), ensure_ascii=False, indent=2) + "\n").encode())
        self._last = health
        return health


def troubles_of(rules: Reloaded) -> Iterator[Trouble]:
    """Yield every place for which something is refused or left out."""
    for problem in errors_of(rules.problems):
        yield Trouble(code=problem.code, place=problem.place)
    for client, problems in rules.refused.items():
        yield from (Trouble(client=client, code=each.code, place=each.place) for each in errors_of(problems))
    for client, automations in rules.isolated.items():
        if client in rules.refused:
            continue
        for automation, problems in automations.items():
            for problem in errors_of(problems):
                yield Trouble(client=client, automation=automation, code=problem.code, place=problem.place)


def read_health(folder: Path) -> Health | None:
    """Return what the daemon of the workspace *folder* said last, None when it said nothing that can be read."""
    try:
        return _health(json.loads((folder / FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def health_flags(health: Health) -> Iterator[Flag]:
    """Yield a flag for all that is refused or left out, each job that fails and each connector left alone."""
    yield from _rule_flags(health)
    for job, count in health.jobs.items():
        text = f"the daemon's job failed {count} times in a row"
        yield _flag(health, job, text, _settled_by(job))
    for connector in health.breakers:
        text = "the connector is left alone for a while: its other side fails again and again"
        yield _flag(health, connector, text, "convener doctor")


def _rule_flags(health: Health) -> Iterator[Flag]:
    """Yield one flag for each client that is refused and each automation that is left out."""
    first: dict[tuple[str, str], Trouble] = {}
    for trouble in health.troubles:
        if trouble.client:
            first.setdefault((trouble.client, trouble.automation), trouble)
    for (client, automation), trouble in first.items():
        what = f"automation {automation} is left out" if automation else "its rules are not taken as they are written"
        yield Flag(
            id=f"health/{client}/{automation}".rstrip("/"),
            severity="high",
            client=client,
            programme="",
            subject=automation or client,
            since=health.since,
            text=f"{what}: {trouble.code} at {trouble.place}",
            settle=f"convener check {client}",
        )


def _flag(health: Health, subject: str, text: str, settle: str) -> Flag:
    return Flag(
        id=f"health/{subject}",
        severity="high",
        client="",
        programme="",
        subject=subject,
        since=health.since,
        text=text,
        settle=settle,
    )


def _settled_by(job: str) -> str:
    """Return the command that does by hand what *job* does, and says why it fails."""
    what, _, scope = job.partition(" ")
    return f"convener {what} {scope}" if scope and what in {"sync", "tick"} else "convener doctor"


def _shape(health: Health) -> dict[str, Any]:
    return {
        "status": health.status,
        "since": health.since.isoformat(),
        "problems": [
            {
                "client": each.client,
                "automation": each.automation,
                "code": each.code,
                "file": each.place.file,
                "line": each.place.line,
                "column": each.place.column,
            }
            for each in health.troubles
        ],
        "jobs": dict(health.jobs),
        "plugins": list(health.plugins),
        "breakers": list(health.breakers),
    }


def _health(shape: Mapping[str, Any]) -> Health:
    return Health(
        status=shape["status"],
        since=datetime.fromisoformat(shape["since"]),
        troubles=tuple(
            Trouble(
                client=each["client"],
                automation=each["automation"],
                code=each["code"],
                place=Place(each["file"], each["line"], each["column"]),
            )
            for each in shape["problems"]
        ),
        jobs=dict(shape["jobs"]),
        plugins=tuple(shape["plugins"]),
        breakers=tuple(shape.get("breakers", ())),
    )
