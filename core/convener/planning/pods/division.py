"""Who sits where, by frame, with each frame's coach."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Division:
    """Members (ids, sorted) and coach of each frame, in the order of the frames."""

    members: tuple[tuple[str, ...], ...]
    coaches: tuple[str | None, ...]
    bound: int = 0
    """The least cost any division into these frames could have, as far as is proved."""
