"""Who is who in a test: the short names of its people, pods and sessions, and the ids behind them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from convener.operations.scenarios.tables import GivenTable, PersonTable

DOMAIN = "client.example"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Names as a test file writes them → ids as the register has them."""

    people: Mapping[str, str]
    """Participants, managers, coaches and sponsors."""
    participants: tuple[str, ...]
    """Names."""
    managers: tuple[str, ...]
    """Names of managers, and of participants, who may manage others."""
    coaches: tuple[str, ...]
    """Names."""
    pods: Mapping[str, str]
    sessions: Mapping[str, str]
    """`north/1`, and `1` where there is one pod."""
    programme: str
    """Id, which is also its name."""
    addresses: Mapping[str, str] = field(default_factory=dict)
    """Ids of people → their addresses, by which flags may name them."""

    @property
    def subjects(self) -> Mapping[str, str]:
        """Everything a dispatch or a flag may be about."""
        programme = {self.programme: self.programme, "programme": self.programme}
        return {**self.people, **programme, **self.pods, **self.sessions}

    def name(self, identity: str) -> str:
        """Return what a test file calls *identity*: the shortest of its names."""
        names = [name for name, known in self.subjects.items() if known == identity]
        return min(names, key=len, default=identity)

    def names(self, identities: Iterable[str]) -> str:
        """Return several names as a person lists them."""
        return ", ".join(sorted(self.name(identity) for identity in identities))


def email_of(name: str, table: PersonTable) -> str:
    """Return the address of somebody called *name*."""
    return table.email or f"{name.casefold()}@{DOMAIN}"


def cast_of(given: GivenTable, programme: str, sponsors: Iterable[str]) -> Cast:
    """Return who is who in *given*; *sponsors* are addresses."""
    others = {name: email_of(name, table).casefold() for name, table in (given.managers | given.coaches).items()}
    pods = {name: f"{programme}/{name}" for name in given.pods}
    sessions = {name: f"{pods[pod]}/{number}" for name, pod, number in sessions_of(given)}
    if len(pods) == 1:
        sessions |= {name.rpartition("/")[2]: identity for name, identity in sessions.items()}
    return Cast(
        people={address: address for address in sponsors} | others | {name: name for name in given.participants},
        participants=tuple(given.participants),
        managers=(*given.managers, *given.participants),
        coaches=tuple(given.coaches),
        pods=pods,
        sessions=sessions,
        programme=programme,
        addresses={name: email_of(name, table) for name, table in given.participants.items()},
    )


def sessions_of(given: GivenTable) -> list[tuple[str, str, int]]:
    """Return name, pod and number of each session: a number alone is one of every pod; others are left out."""
    found: list[tuple[str, str, int]] = []
    for key in given.sessions:
        pod, _, number = key.rpartition("/")
        pods = [pod] if pod else list(given.pods)
        if number.isdecimal():
            found += [(f"{each}/{number}", each, int(number)) for each in pods if each in given.pods]
    return found
