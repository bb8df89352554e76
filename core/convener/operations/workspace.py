"""A workspace: a folder with its settings, rules, templates, data, database and connectors, opened."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from convener.clock import Clock
from convener.errors import UsageError
from convener.model import Register
from convener.operations.rules import RuleBook
from convener.ports import Table
from convener.registry import Connectors
from convener.rendering import Renderer
from convener.rulesets.ruleset import Ruleset
from convener.settings import Settings
from convener.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """Everything an operation may touch; put together by `convener.runtime`."""

    folder: Path
    settings: Settings
    rules: RuleBook
    store: Store
    connectors: Connectors
    clock: Clock

    @property
    def renderer(self) -> Renderer:
        """What renders the templates, as they were when the rules were last read."""
        return self.rules.renderer

    def dates_answers(self, ruleset: Ruleset) -> Table | None:
        """Return the answers to the dates poll of a programme, None when there are none or nobody brings them in."""
        names = ruleset.stack.get("polls", ())
        return self.connectors.polls(names[0]).read_availability(ruleset.client, ruleset.programme) if names else None

    def close(self) -> None:
        """Let go of the connectors, their lines and processes, and of the database."""
        self.connectors.close()
        self.store.close()


@dataclass(frozen=True, slots=True)
class Scope:
    """`CLIENT`, `CLIENT/PROGRAMME` or `CLIENT/PROGRAMME/POD`, as typed."""

    client: str
    programme: str = ""
    pod: str = ""
    session: str = ""

    @classmethod
    def parse(cls, text: str) -> "Scope":
        """Take *text* apart; raise UsageError for an empty part or one too many."""
        parts = text.strip("/").split("/") if text.strip("/") else []
        if not 1 <= len(parts) <= 4 or not all(parts):  # noqa: PLR2004 - client, programme, pod, session number
            raise UsageError(f"{text!r} is not a scope", hint="write CLIENT, CLIENT/PROGRAMME or CLIENT/PROGRAMME/POD")
        return cls(*parts)

    @property
    def of_programme(self) -> str:
        """`client/programme`; raise UsageError when the programme is not named."""
        if not self.programme:
            raise UsageError(f"{self.client!r} names a client", hint=f"name its programme too: {self.client}/PROGRAMME")
        return f"{self.client}/{self.programme}"

    @property
    def pod_id(self) -> str:
        """`programme/pod`; raise UsageError when the pod is not named."""
        if not self.pod:
            raise UsageError(f"{self.of_programme!r} names no pod", hint=f"write {self.of_programme}/POD")
        return f"{self.programme}/{self.pod}"

    @property
    def session_id(self) -> str:
        """`programme/pod/number`; raise UsageError when the session is not named."""
        if not self.session:
            raise UsageError(f"{self.pod_id!r} names no session", hint=f"write {self.of_programme}/POD/NUMBER")
        return f"{self.pod_id}/{self.session}"


def local_day(instant: datetime, ruleset: Ruleset) -> date:
    """Return the date of *instant* on the programme's wall clock."""
    return instant.astimezone(ZoneInfo(ruleset.zone)).date()


def moment(clock: Clock, register: Register) -> datetime:
    """Return the instant at which a change is recorded: now, but always after what has been decided already."""
    now = clock.now()
    return now if register.cursor is None or now > register.cursor else register.cursor + timedelta(microseconds=1)
