"""Public holidays and working days."""

import importlib
import importlib.util
from collections.abc import Container, Mapping
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import Any

_SATURDAY = 5


@lru_cache(maxsize=1)
def _countries() -> Mapping[str, tuple[str, ...]]:
    """Return the names each module of countries answers to: a class name, a two-letter and a three-letter code.

    The library takes a fifth of a second to import, so that it waits until somebody asks for a calendar.
    """
    countries: Mapping[str, tuple[str, ...]] = importlib.import_module("holidays.registry").COUNTRIES
    return countries


def calendar_codes() -> frozenset[str]:
    """Return the two-letter codes of every country with a calendar."""
    return frozenset(names[1] for names in _countries().values())


def subdivisions(country: str) -> tuple[str, ...]:
    """Return the regions of *country* that have a calendar of their own; raise ValueError on an unknown country."""
    return tuple(_country(country).subdivisions)


@lru_cache(maxsize=256)
def holiday_dates(code: str, first: int, last: int) -> Mapping[date, str]:
    """Return the public holidays of the years *first* to *last*, both included, by date with their names.

    *code* is a country or a country and a region, `IE`, `GB-ENG` or `AU-VIC`; an empty code has no holidays.
    Raises ValueError on a code without a calendar.
    """
    if not code:
        return MappingProxyType({})
    country, _, region = code.partition("-")
    calendar = _country(country)
    if region and region not in calendar.subdivisions:
        raise ValueError(f"{country} has no holiday calendar for {region!r}")
    found: Mapping[date, str] = calendar(subdiv=region or None, years=range(first, last + 1))
    return MappingProxyType(dict(sorted(found.items())))


@lru_cache(maxsize=64)
def _country(code: str) -> Any:
    """Return the library's class for the calendar of one country."""
    name = next((module for module, names in _countries().items() if names[1] == code), "")
    if not name:
        raise ValueError(f"{code!r} is not a holiday calendar, for example 'GB-ENG', 'AU-VIC' or 'IE'")
    return getattr(_module(name), code)


def _module(name: str) -> ModuleType:
    """Return the module of one country, without the two hundred others that its package imports."""
    package = importlib.import_module("holidays")
    file = Path(package.__path__[0]) / "countries" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"holidays.countries.{name}", file) if file.is_file() else None
    if spec is None or spec.loader is None:
        return importlib.import_module(f"holidays.countries.{name}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def is_working_day(day: date, closed: Container[date]) -> bool:
    """Tell whether *day* is neither a weekend nor one of the *closed* days."""
    return day.weekday() < _SATURDAY and day not in closed


def shift_working_days(day: date, count: int, closed: Container[date]) -> date:
    """Return the day *count* working days after *day*, before it when negative; no count gives *day* itself."""
    step = timedelta(days=1 if count > 0 else -1)
    left = abs(count)
    while left:
        day += step
        left -= is_working_day(day, closed)
    return day
