"""The client's words in the plural, and ids as people would write them."""


def plural(word: str) -> str:
    """Return the English plural of *word*: set, sets; body, bodies; coach, coaches."""
    if word.endswith("y") and word[-2:-1] not in set("aeiou"):
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("s", "x", "z", "ch", "sh")) else f"{word}s"


def readable(slug: str) -> str:
    """Return an id as a title: `pod-01` as `Pod 01`, `tyneside` as `Tyneside`; other text stays as it is."""
    return slug.replace("-", " ").capitalize() if slug.islower() and " " not in slug else slug
