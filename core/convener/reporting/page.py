"""What the sponsor's page shows: every value ready to print, every chart ready to draw."""

from collections.abc import Mapping
from dataclasses import dataclass

from convener.reporting.engagement import SCORES
from convener.reporting.figures import Cell, Figure, Report
from convener.reporting.heat import grids, legend
from convener.reporting.manner import Manner
from convener.reporting.panels import engagement_trend, trends

CARDS = {
    "attendance": "places",
    "sessions-held": "planned",
    "engagement": "ratings",
    "active": "enrolled",
    "below-floor": "with attendance so far",
    "registers-complete": "past sessions",
}
"""The headline figures, in order, and what their denominator is."""
COUNTED = frozenset({"sessions-held", "active", "below-floor"})
"""Headline figures whose count says more than their share."""
Record = Mapping[str, Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A headline figure."""

    id: str
    label: str
    value: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One labelled bar, its length in percent of the whole."""

    name: str
    value: str
    detail: str
    length: float


def report_context(report: Report) -> dict[str, object]:
    """Return everything `templates/reports/client.html.j2` needs; strings are not escaped yet."""
    manner = Manner.of(report)
    floor = report.floor
    marks = report.records("attendance-marks")
    return {
        "lang": manner.language,
        "client_name": report.client_name,
        "title": report.title,
        "as_of": manner.day(report.as_of),
        "as_of_iso": report.as_of.isoformat(),
        "word": {word: {"one": manner.word(word), "many": manner.many(word)} for word in report.words},
        "summary": _summary(report, manner),
        "cards": _cards(report, manner),
        "floor": manner.share(floor) if floor is not None else "",
        "floor_at": round(floor * 100, 1) if floor is not None else None,
        "by_pod": _attendance_bars(report, manner),
        "by_session": _session_rows(report, manner),
        "trends": trends(report, manner),
        "spread": _spread(report, manner),
        "engagement_trend": engagement_trend(report, manner),
        "engagement_by_pod": _engagement_bars(report, manner),
        "grids": grids(report, manner, floor),
        "legend": list({sign.status: sign for sign in reversed(legend(marks))}.values())[::-1],
        "below": _below(report, manner),
        "next_dates": _next_dates(report, manner),
        "missing": _missing(report, manner),
        "figures": [_figure(figure, manner) for figure in report.figures],
        "reconciliation": _reconciliation(report, manner),
        "comments": report.comments,
        "definitions": report.definitions,
    }


def _cards(report: Report, manner: Manner) -> list[Card]:
    wanted = ((report.figure(name), of) for name, of in CARDS.items())
    return [_card(figure, of, manner) for figure, of in wanted if figure]


def _card(figure: Figure, of: str, manner: Manner) -> Card:
    if figure.unit == "mean":
        detail = f"of {SCORES[-1]}, mean of {manner.number(figure.denominator)} {of}"
        return Card(id=figure.id, label=figure.label.partition(",")[0], value=manner.value(figure), detail=detail)
    of = of.replace("sessions", manner.many("session"))
    whole = f"of {manner.number(figure.denominator)} {of}"
    if figure.id in COUNTED:
        return Card(id=figure.id, label=figure.label, value=manner.number(figure.numerator), detail=whole)
    detail = f"{manner.number(figure.numerator)} {whole}"
    return Card(id=figure.id, label=figure.label, value=manner.value(figure), detail=detail)


def _summary(report: Report, manner: Manner) -> str:
    attendance, held = report.figure("attendance"), report.figure("sessions-held")
    said: list[str] = []
    if held:
        said.append(f"{manner.out_of(held.numerator, held.denominator)} {manner.many('session')} have been held.")
    if attendance and attendance.denominator:
        places = manner.out_of(attendance.numerator, attendance.denominator)
        said.append(f"Attendance stands at {manner.value(attendance)}, {places} places.")
    coming = sorted(report.records("next-dates"), key=lambda row: str(row["starts"]))
    if coming:
        day = manner.short(coming[0]["starts"])
        said.append(f"Next: {manner.pod(coming[0]['pod'])}, {day}.")
    return " ".join(said)


def _attendance_bars(report: Report, manner: Manner) -> list[Bar]:
    return [
        Bar(
            name=manner.pod(row["pod"]),
            value=manner.share(row["value"]),
            detail=manner.out_of(row["numerator"], row["denominator"]),
            length=_percent(row["value"]),
        )
        for row in report.records("attendance-by-pod")
    ]


def _session_rows(report: Report, manner: Manner) -> list[dict[str, object]]:
    pods = len(report.records("attendance-by-pod"))
    return [
        {
            "number": manner.number(row["session"]),
            "topic": str(row.get("topic") or ""),
            "days": _span(row, manner),
            "held": f"{manner.out_of(row['held'], pods)} {manner.many('pod')}" if pods else manner.number(row["held"]),
            "rate": Bar(
                name="", value=manner.share(row["value"]), length=_percent(row["value"]),
                detail=manner.out_of(row["numerator"], row["denominator"]) if row["denominator"] else "",
            ),
        }
        for row in report.records("attendance-by-session")
    ]  # fmt: skip


def _span(row: Record, manner: Manner) -> str:
    first, last = manner.brief(row.get("first")), manner.brief(row.get("last"))
    return first if first == last else f"{first} \N{EN DASH} {last}"


def _spread(report: Report, manner: Manner) -> list[Bar]:
    rows = [row for row in report.records("engagement-distribution") if row["denominator"]]
    return [
        Bar(
            name=manner.number(row["score"]),
            value=manner.share(row["value"]),
            detail=manner.out_of(row["numerator"], row["denominator"]),
            length=_percent(row["value"]),
        )
        for row in reversed(rows)
    ]


def _engagement_bars(report: Report, manner: Manner) -> list[Bar]:
    span = SCORES[-1] - SCORES[0]
    return [
        Bar(
            name=manner.pod(row["pod"]),
            value=manner.number(row["value"], 1),
            detail=manner.number(row["denominator"]) if row["denominator"] else "too few",
            length=round(((_float(row["value"]) or SCORES[0]) - SCORES[0]) / span * 100, 1),
        )
        for row in report.records("engagement-by-pod")
    ]


def _below(report: Report, manner: Manner) -> list[dict[str, str]]:
    return [
        {
            "name": str(row["participant"]),
            "pod": manner.pod(row["pod"]) if "pod" in row else "",
            "share": manner.share(row["value"]),
            "detail": manner.out_of(row["numerator"], row["denominator"]),
            "reachable": str(row["reachable"]),
        }
        for row in report.records("below-floor")
    ]


def _next_dates(report: Report, manner: Manner) -> list[dict[str, str]]:
    return [
        {
            "pod": manner.pod(row["pod"]),
            "number": manner.number(row["session"]),
            "topic": str(row.get("topic") or ""),
            "day": manner.day_of(row["starts"], row["zone"]),
            "hours": manner.hours(row["starts"], row["ends"], row["zone"]),
            "status": str(row["status"]),
        }
        for row in sorted(report.records("next-dates"), key=lambda row: str(row["starts"]))
    ]


def _missing(report: Report, manner: Manner) -> list[dict[str, str]]:
    return [
        {
            "pod": manner.pod(row["pod"]),
            "number": manner.number(row["session"]),
            "day": manner.short(row.get("date")),
            "detail": manner.out_of(row["numerator"], row["denominator"]),
        }
        for row in report.records("registers-missing")
    ]


def _figure(figure: Figure, manner: Manner) -> dict[str, str]:
    return {
        "label": figure.label,
        "numerator": manner.number(figure.numerator),
        "denominator": manner.number(figure.denominator),
        "value": manner.value(figure),
    }


def _reconciliation(report: Report, manner: Manner) -> list[tuple[str, str]]:
    return [(str(row["item"]), manner.number(row["numerator"])) for row in report.records("reconciliation")]


def _percent(value: Cell) -> float:
    return round((_float(value) or 0.0) * 100, 1)


def _float(value: Cell) -> float | None:
    return float(value) if isinstance(value, int | float) else None
