"""Finds the people, pods, sessions and rules that a test names; what is not there becomes a problem with its place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from convener.documents import Spot, nearest, quoted
from convener.errors import Place, Problem
from convener.operations.scenarios.cast import Cast


@dataclass(slots=True)
class Names:
    """Looks names up, and keeps what is wrong."""

    cast: Cast
    problems: list[Problem] = field(default_factory=list)

    def person(self, name: str, place: Place, among: Iterable[str] | None = None) -> str:
        """Return the id of the person *name*, one of those named *among*."""
        allowed = self.cast.people if among is None else {each: self.cast.people[each] for each in among}
        return self._found("unknown-person", "person", name, allowed, place)

    def pod(self, name: str, place: Place) -> str:
        """Return the id of the pod *name*."""
        return self._found("unknown-pod", "pod", name, self.cast.pods, place)

    def session(self, name: str, place: Place) -> str:
        """Return the id of the session *name*."""
        return self._found("unknown-session", "session", name, self.cast.sessions, place)

    def subject(self, name: str, place: Place) -> str:
        """Return the id of whatever *name* names."""
        return self._found("unknown-subject", "person, pod or session", name, self.cast.subjects, place)

    def one_of(self, word: str, name: str, allowed: Iterable[str], place: Place) -> str:
        """Return *name*, the *word* of which must be *allowed*."""
        return self._found(f"unknown-{word.replace(' ', '-')}", word, name, {each: each for each in allowed}, place)

    def refuse(self, code: str, message: str, place: Place, hint: str = "") -> None:
        """Keep a problem."""
        self.problems.append(Problem(code=code, message=message, place=place, hint=hint))

    def _found(self, code: str, word: str, name: str, allowed: Mapping[str, str], place: Place) -> str:
        if name not in allowed:
            self.refuse(code, f"there is no {word} {quoted(name)} here", place, nearest(name, allowed))
        return allowed.get(name, "")


def item(spot: Spot, key: str, index: int) -> Place:
    """Return where the name at *index* of *key* begins, which may be one text or a list of them."""
    value = spot.value.get(key)
    return spot.value_place(key, index) if isinstance(value, list) else spot.value_place(key)
