"""The keys that every rule has."""

from typing import Literal

from pydantic import Field

from convener.documents import Frozen


class RuleHead(Frozen):
    """The keys every rule has, whatever its kind."""

    kind: str
    """What the rule is about, for example `quorum`."""
    flexibility: Literal["inflexible", "flexible"]
    """Inflexible: never violated; flexible: a preference, and a flag when breached."""
    weight: int = Field(default=1, ge=1, le=1000)
    """How much a breach of a flexible rule costs a solver."""
    stage: Literal["", "audit"] = ""
    """`"audit"` puts an inflexible rule on trial: breaches are told, and nothing is refused for them."""
    enabled: bool = True
    """`false` switches it off, with a `reason`."""
    why: str = ""
    """The reason in a person's words, shown where the rule is."""
    reason: str = ""
    """Why it differs from the layer below; `why` does as well."""
