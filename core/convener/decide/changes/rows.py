"""Dated rows: ending one and beginning the next, so that at most one holds on a day."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TypeVar

from convener.model import Coaching, Enrolment, Management, Membership

Row = TypeVar("Row", Enrolment, Membership, Management, Coaching)


def ended(rows: tuple[Row, ...], is_theirs: Callable[[Row], bool], day: date) -> tuple[Row, ...]:
    """Return *rows* with those that are theirs ending before *day*; what would have begun later goes."""
    kept: list[Row] = []
    for row in rows:
        if not is_theirs(row) or (row.until is not None and row.until <= day):
            kept.append(row)
        elif row.since < day:
            kept.append(replace(row, until=day))
    return tuple(kept)


def switched(rows: tuple[Row, ...], is_theirs: Callable[[Row], bool], *new: Row) -> tuple[Row, ...]:
    """Return *rows* with those that are theirs ending where *new* begins, and *new* after them."""
    kept = list(ended(rows, is_theirs, min(row.since for row in new)))
    kept.extend(new)
    return tuple(kept)
