"""Kinds that say who sits with whom."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from convener.documents import EmailText, Frozen, SpanText


def _two_people(value: tuple[str, str]) -> tuple[str, str]:
    if value[0].casefold() == value[1].casefold():
        raise ValueError(f"{value[0]} and {value[1]} are one person")
    return value


PairText = Annotated[tuple[EmailText, EmailText], AfterValidator(_two_people)]
"""`["ana@client.example", "ben@client.example"]`."""


class PodSize(Frozen):
    """How many participants a pod has."""

    min: int = Field(ge=1, le=100)
    """Fewest members."""
    target: int = Field(ge=1, le=100)
    """Best number of members."""
    max: int = Field(ge=1, le=100)
    """Most members."""

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.min <= self.target <= self.max:
            raise ValueError(f"min {self.min}, target {self.target}, max {self.max} must rise")
        return self


class Same(Frozen):
    """Members of a pod share the value of each column."""

    by: tuple[str, ...] = Field(min_length=1)
    """Columns of the roster, in lower case with `_` for a space."""


class Mix(Frozen):
    """Members of a pod differ in the value of each column."""

    by: tuple[str, ...] = Field(min_length=1)
    """Columns of the roster, in lower case with `_` for a space."""


class Similar(Frozen):
    """Members of a pod are close in each column; ordered values count by their distance in sorted order."""

    by: tuple[str, ...] = Field(min_length=1)
    """Columns of the roster, in lower case with `_` for a space."""


class Apart(Frozen):
    """Certain people are never in one pod."""

    who: Literal["manager-and-report"] | None = None
    """Nobody sits with their own line manager."""
    pairs: tuple[PairText, ...] = ()
    """Addresses, two by two."""

    @model_validator(mode="after")
    def _says_who(self) -> Self:
        if self.who is None and not self.pairs:
            raise ValueError('needs who = \'manager-and-report\' or pairs = [["a@…", "b@…"]]')
        return self


class Together(Frozen):
    """Certain people are always in one pod."""

    pairs: tuple[PairText, ...] = Field(min_length=1)
    """Addresses, two by two."""


class TimezoneOverlap(Frozen):
    """Members' working hours share at least `min` on every day of the programme, the coach included once known."""

    min: SpanText
    """Shared time."""


class CoachLoad(Frozen):
    """How much a coach carries, across programmes and clients."""

    max_pods: int | None = Field(default=None, ge=1)
    """Pods of one coach."""
    max_sessions_per_day: int | None = Field(default=None, ge=1)
    """Sessions of one coach on one day."""


class CoachAccredited(Frozen):
    """A pod's coach holds each accreditation."""

    accredited: tuple[str, ...] = Field(min_length=1)
    """Words of the column `accredited`."""
    min_years: int = Field(default=0, ge=0)
    """Of the column `years`."""
