"""Which sessions get another date than in the proposal before."""

from dataclasses import dataclass
from datetime import datetime

from convener.model import DateProposal


@dataclass(frozen=True, slots=True, kw_only=True)
class Redated:
    """A session whose date is another one; None where it had or has none."""

    session: str
    before: datetime | None
    after: datetime | None
    zone: str


def redated(before: DateProposal, after: DateProposal) -> tuple[Redated, ...]:
    """Return every session that starts at another moment, by pod and number."""
    was, now = ({(each.pod, each.number): each for each in proposal.sessions} for proposal in (before, after))
    changes: list[Redated] = []
    for key in sorted(was.keys() | now.keys()):
        old, new = was.get(key), now.get(key)
        starts, then = old.starts if old else None, new.starts if new else None
        if starts != then:
            zone = new.zone if new else old.zone if old else ""
            changes.append(Redated(session=f"{key[0]}/{key[1]}", before=starts, after=then, zone=zone))
    return tuple(changes)
