"""Kinds that say who sits with whom."""

from typing import Literal, Self

from pydantic import Field, model_validator

from convener.documents import EmailText, Frozen, SpanText


class PodSize(Frozen):
    """How many participants a pod has."""

    min: int = Field(ge=1, le=100)
    target: int = Field(ge=1, le=100)
    max: int = Field(ge=1, le=100)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.min <= self.target <= self.max:
            raise ValueError(f"min {self.min}, target {self.target}, max {self.max} must rise")
        return self


class Same(Frozen):
    """Members of a pod share the value of each column."""

    by: tuple[str, ...] = Field(min_length=1)


class Mix(Frozen):
    """Members of a pod differ in the value of each column."""

    by: tuple[str, ...] = Field(min_length=1)


class Similar(Frozen):
    """Members of a pod are close in each column; ordered values count by their distance in sorted order."""

    by: tuple[str, ...] = Field(min_length=1)


class Apart(Frozen):
    """Certain people are never in one pod."""

    who: Literal["manager-and-report"] | None = None
    pairs: tuple[tuple[EmailText, EmailText], ...] = ()
    """Addresses, two by two."""

    @model_validator(mode="after")
    def _says_who(self) -> Self:
        if self.who is None and not self.pairs:
            raise ValueError('needs who = \'manager-and-report\' or pairs = [["a@…", "b@…"]]')
        return self


class Together(Frozen):
    """Certain people are always in one pod."""

    pairs: tuple[tuple[EmailText, EmailText], ...] = Field(min_length=1)


class TimezoneOverlap(Frozen):
    """Members' working hours share at least `min` on every day of the programme, the coach included once known."""

    min: SpanText


class CoachLoad(Frozen):
    """How much a coach carries, across programmes and clients."""

    max_pods: int | None = Field(default=None, ge=1)
    max_sessions_per_day: int | None = Field(default=None, ge=1)


class CoachAccredited(Frozen):
    """A pod's coach holds each accreditation."""

    accredited: tuple[str, ...] = Field(min_length=1)
    min_years: int = Field(default=0, ge=0)
