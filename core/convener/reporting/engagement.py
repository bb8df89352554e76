"""What the coaches saw, 1 to 5: mean and distribution, only of groups large enough to hide in."""

from collections import Counter
from collections.abc import Iterable

from convener.reporting.attendance import grouped, topics
from convener.reporting.figures import Cell, Column, Figure, Table, ratio
from convener.reporting.grouping import Released, minimum_group, release
from convener.reporting.snapshot import Presence, Snapshot

FIELD = "figures.engagement"
SCORES = (1, 2, 3, 4, 5)


def released(snapshot: Snapshot) -> Released:
    """Return the ratings that may be shown."""
    rated = (presence for presence in snapshot.counted if presence.engagement is not None)
    return release(snapshot, rated, minimum_group(snapshot))


def figures(snapshot: Snapshot, shown: Released) -> tuple[Figure, ...]:
    """Return the mean of all ratings that may be shown, and how many ratings those are."""
    rated = len(shown.all) + shown.kept_back
    return (
        Figure(
            id="engagement", label=f"Engagement, {SCORES[0]} to {SCORES[-1]}", numerator=_sum(shown.all),
            denominator=len(shown.all), unit="mean", as_of=snapshot.as_of,
        ),
        Figure(
            id="engagement-shown", label="Ratings shown", numerator=len(shown.all), denominator=rated,
            as_of=snapshot.as_of,
        ),
    )  # fmt: skip


def tables(snapshot: Snapshot, shown: Released) -> tuple[Table, ...]:
    """Return engagement in total by score, by pod and by session number."""
    word, session = snapshot.ruleset.word("pod"), snapshot.ruleset.word("session")
    pods = grouped(shown.whole, lambda presence: presence.pod)
    numbers = grouped(shown.all, lambda presence: presence.number)
    scores = _scores(shown.all)
    return (
        Table(
            id="engagement-distribution", title="Engagement: how often each score was given", needs=(FIELD,),
            columns=(
                Column("score", "Score", FIELD),
                Column("numerator", "Ratings", FIELD),
                Column("denominator", "Of", FIELD),
                Column("value", "Share", FIELD),
            ),
            rows=tuple((score, count, len(shown.all), ratio(count, len(shown.all))) for score, count in scores),
        ),
        Table(
            id="engagement-by-pod", title=f"Engagement by {word}", needs=("pod.name", FIELD),
            columns=(Column("pod", word.capitalize(), "pod.name"), *_columns()),
            rows=tuple((snapshot.pod_name(pod), *_summary(pods.get(pod, []))) for pod in snapshot.pods()),
        ),
        Table(
            id="engagement-by-session", title=f"Engagement by {session}", needs=(FIELD,),
            columns=(
                Column("session", session.capitalize(), FIELD), Column("topic", "Topic", "session.topic"), *_columns(),
            ),
            rows=tuple(
                (number, topic, *_summary(numbers.get(number, []))) for number, topic in topics(snapshot).items()
            ),
        ),
    )  # fmt: skip


def _columns() -> tuple[Column, ...]:
    given = (Column(f"score_{score}", f"Rated {score}", FIELD) for score in SCORES)
    return (
        Column("numerator", "Sum of ratings", FIELD),
        Column("denominator", "Ratings", FIELD),
        Column("value", "Mean", FIELD),
        *given,
    )


def _summary(presences: list[Presence]) -> tuple[Cell, ...]:
    total = _sum(presences)
    counts = (count for _, count in _scores(presences))
    return total, len(presences), ratio(total, len(presences)), *counts


def _sum(presences: Iterable[Presence]) -> int:
    return sum(presence.engagement or 0 for presence in presences)


def _scores(presences: Iterable[Presence]) -> list[tuple[int, int]]:
    found = Counter(presence.engagement for presence in presences)
    return [(score, found[score]) for score in SCORES]
