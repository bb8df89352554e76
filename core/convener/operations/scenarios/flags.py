"""What a flag is of and about, as its id says."""

import re

from convener.model import Flag

LATE = "late"
WAIVERS = "waivers"
_DATED = re.compile(r"\d{4}-\d{2}-\d{2}")


def parts_of(flag: Flag) -> list[str]:
    """Return the parts of the id of *flag* below its programme."""
    return flag.id.removeprefix(f"{flag.client}/{flag.programme}/").split("/")


def cause_of(flag: Flag) -> str:
    """Return the automation, rule or waiver that raised *flag*."""
    cause, *rest = parts_of(flag)
    return rest[0] if cause == WAIVERS and rest else cause


def subjects_of(flag: Flag) -> frozenset[str]:
    """Return what *flag* may be said to be about: its subject by id and, for a person, by address.

    A flag over something that comes again, a day or a slot, names it behind its subject.
    """
    cause, *rest = parts_of(flag)
    rest = rest[1:] if cause == WAIVERS or rest[:1] == [LATE] else rest
    comes_again = rest and _DATED.match(rest[-1])
    return frozenset({"/".join(rest[:-1] if comes_again else rest), flag.subject})
