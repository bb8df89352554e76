"""People, pods and sessions as an events file names them: by address, by name and number, or by id."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from convener.decide import Prepared
from convener.model import Register
from convener.operations.scenarios.cast import Cast
from convener.operations.scenarios.happenings import Reader
from convener.operations.scenarios.names import Names
from convener.operations.scenarios.tables import GivenTable


@dataclass(frozen=True, slots=True)
class EventReader(Reader):
    """Reads happenings of a real programme, in the words of a test's steps."""

    register: Register

    @classmethod
    def of(cls, prepared: Prepared, register: Register) -> Self:
        """Read for the programme of *prepared* as *register* has it."""
        return cls(Names(cast_of(prepared, register)), GivenTable(), prepared, register)

    def manager(self, name: str, place: Any) -> tuple[str, str]:
        """Return name and address of the manager with the address *name*, who may be new."""
        known = self.register.by_email(name) or self.register.people.get(name)
        if known is not None:
            return known.name, known.email
        if "@" not in name:
            self.names.refuse("bad-address", f"{name!r} is not the address of a manager", place)
        return name.partition("@")[0].replace(".", " ").replace("_", " ").title(), name


def cast_of(prepared: Prepared, register: Register) -> Cast:
    """Return how people, pods and sessions of *register* may be named."""
    participants = {row.person for row in register.enrolments}
    managers = {row.manager for row in register.managements}
    coaches = {row.coach for row in register.coachings} | set(register.coaches)
    others = sorted(set(register.people) - participants)
    sponsors = {sponsor.email: sponsor.email for sponsor in prepared.ruleset.sponsors}
    people = {name: who for who in (*others, *sorted(participants)) for name in _called(register, who)}
    return Cast(
        people=sponsors | people,
        participants=_names(register, participants),
        managers=_names(register, managers),
        coaches=_names(register, coaches),
        pods={name: pod for pod in register.pods for name in (pod.rpartition("/")[2], pod)},
        sessions={name: session for session in register.sessions for name in _short(session)},
        programme=register.programme,
    )


def _called(register: Register, who: str) -> tuple[str, ...]:
    """Return the names of *who*: the id and the address; of two with one address the participant has it."""
    person = register.people.get(who)
    return (who, person.email) if person else (who,)


def _names(register: Register, people: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for who in sorted(people) for name in reversed(_called(register, who))))


def _short(session: str) -> tuple[str, str]:
    """Return the names of a session: `tyneside/3` and `primary-care/tyneside/3`."""
    return session.partition("/")[2], session
