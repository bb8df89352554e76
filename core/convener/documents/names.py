"""The nearest name to one that was mistyped."""

from collections.abc import Iterable
from difflib import get_close_matches

_LONGEST = 60
_MOST = 12
_READABLE = 100


def nearest(name: str, allowed: Iterable[str]) -> str:
    """Return the cure for an unknown *name*: `did you mean 'members'?`, or else `allowed: coach, members`."""
    names = list(dict.fromkeys(allowed))
    close = closest(name, names)
    if close:
        return f"did you mean '{close}'?"
    if not names:
        return ""
    more = ", …" if len(names) > _MOST else ""
    return f"allowed: {', '.join(names[:_MOST])}{more}"


def closest(name: str, allowed: Iterable[str]) -> str:
    """Return the one of *allowed* that *name* was probably meant to be, or an empty string."""
    folded = {each.casefold(): each for each in allowed}
    found = get_close_matches(name[:_LONGEST].casefold(), list(folded), 1)
    return folded[found[0]] if found else ""


def quoted(name: str) -> str:
    """Return *name* in quotes, cut to a length a person would read."""
    return repr(name if len(name) <= _READABLE else f"{name[:_READABLE]}…")
