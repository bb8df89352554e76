"""How the page writes values: in the client's locale and words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from babel.dates import format_skeleton
from babel.numbers import format_decimal, format_percent

from convener.rendering.moments import day, hours, locale_of, short_day, zone_label
from convener.rendering.wording import capital, plural, pod_name
from convener.reporting.figures import Cell, Figure, Report

NOTHING = "\N{EN DASH}"
"""What stands where there is no value."""


@dataclass(frozen=True, slots=True)
class Manner:
    """One client's locale, zone and words."""

    locale: str
    zone: str
    words: Mapping[str, str]

    @classmethod
    def of(cls, report: Report) -> "Manner":
        """Return the manner of the client whom *report* is for."""
        return cls(report.locale, report.zone, report.words)

    @property
    def language(self) -> str:
        """The language of the page for its `lang`: its own words are English, wherever the reader is."""
        return self.locale if self.locale.split("-")[0] == "en" else "en"

    def share(self, value: Cell) -> str:
        """Return 0.9 as `90%`."""
        if not isinstance(value, int | float):
            return NOTHING
        return format_percent(value, "#,##0%", locale=locale_of(self.locale))

    def number(self, value: Cell, places: int = 0) -> str:
        """Return a count, or a mean with *places* decimals."""
        pattern = f"#,##0.{'0' * places}" if places else "#,##0"
        if not isinstance(value, int | float):
            return NOTHING
        return str(format_decimal(value, pattern, locale=locale_of(self.locale)))

    def out_of(self, numerator: Cell, denominator: Cell) -> str:
        """Return `36 of 40`."""
        return f"{self.number(numerator)} of {self.number(denominator)}"

    def value(self, figure: Figure) -> str:
        """Return a figure's value in its own unit."""
        return self.share(figure.value) if figure.unit == "share" else self.number(figure.value, 1)

    def day(self, value: date) -> str:
        """Return `Monday 3 May 2027`."""
        return day(value, self.zone, self.locale)

    def short(self, value: Cell) -> str:
        """Return `Mon 3 May`, empty when there is no day."""
        return short_day(value, self.zone, self.locale) if isinstance(value, date) else ""

    def brief(self, value: Cell) -> str:
        """Return `3 May`, empty when there is no day."""
        if not isinstance(value, date):
            return ""
        return str(format_skeleton("MMMd", value, locale=locale_of(self.locale)))

    def day_of(self, starts: Cell, zone: Cell) -> str:
        """Return the day of a session on its own clock."""
        return day(starts, str(zone), self.locale) if isinstance(starts, datetime) else NOTHING

    def hours(self, starts: Cell, ends: Cell, zone: Cell) -> str:
        """Return the hours of a session on its own clock, as `09:00-17:00 (London time, BST)` with an en dash."""
        if not isinstance(starts, datetime):
            return ""
        until = ends if isinstance(ends, datetime) else None
        label = zone_label(starts, until, str(zone), self.locale)
        return f"{hours(starts, until, str(zone), self.locale)} ({label})"

    def pod(self, name: Cell) -> str:
        """Return the name of a pod as a title."""
        return pod_name(str(name), self.word("pod"))

    def word(self, ours: str) -> str:
        """Return the client's word, `set`."""
        return self.words.get(ours, ours)

    def many(self, ours: str) -> str:
        """Return the client's word in the plural, `sets`."""
        return plural(self.word(ours))

    def title(self, ours: str) -> str:
        """Return the client's word at the beginning of a sentence, `Set`."""
        return capital(self.word(ours))
