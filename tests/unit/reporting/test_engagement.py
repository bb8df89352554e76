"""What the coaches saw."""

from collections import Counter
from collections.abc import Callable
from datetime import date

from convener.model import Register
from convener.reporting import client_report
from convener.rulesets.ruleset import Ruleset

RowsOf = Callable[[str], list[dict[str, str]]]


def test_mean_and_distribution_agree_with_the_file(
    ruleset: Ruleset, register: Register, as_of: date, rows_of: RowsOf
) -> None:
    """R16: the sum, the number and the spread of the ratings are those of the CSV file."""
    scores = [int(row["engagement"]) for row in rows_of("northern-health-attendance.csv") if row["engagement"]]
    report = client_report(ruleset, register, as_of=as_of)
    figure = report.figure("engagement")
    spread = {row["score"]: row["numerator"] for row in report.records("engagement-distribution")}

    assert figure is not None
    assert (sum(scores), len(scores)) == (figure.numerator, figure.denominator)
    assert {score: Counter(scores)[score] for score in range(1, 6)} == spread


def test_the_parts_add_up_to_the_whole(ruleset: Ruleset, register: Register, as_of: date) -> None:
    """By set and by session the same ratings are counted."""
    report = client_report(ruleset, register, as_of=as_of)
    figure = report.figure("engagement")
    totals = [
        sum(int(str(row["numerator"])) for row in report.records(table))
        for table in ("engagement-by-pod", "engagement-by-session")
    ]

    assert figure is not None
    assert [figure.numerator] * 2 == totals
