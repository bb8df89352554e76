"""The report to the client's sponsor: what the register says of one programme on one day, and no more than it may."""

from dataclasses import replace
from datetime import date

from convener.model import Register
from convener.rendering.wording import plural
from convener.reporting import attendance, engagement, progress
from convener.reporting.figures import Report
from convener.reporting.grouping import Released, minimum_group, release
from convener.reporting.snapshot import Snapshot, take
from convener.reporting.visibility import PERSONAL, Whitelist, bare, visible, whitelist_for
from convener.rulesets.ruleset import Ruleset

WORDS = ("pod", "session", "participant", "coach", "manager")


def client_report(ruleset: Ruleset, register: Register, *, as_of: date) -> Report:
    """Return the sponsor's report of *register* as of the end of *as_of*; pure.

    Only what the `visibility` rule for sponsors lists is in it; without such a rule it has no figures and no tables.
    """
    whitelist = whitelist_for(ruleset, "sponsor")
    snapshot = take(ruleset, bare(register), as_of)
    ratings = engagement.released(snapshot)
    shown = _attendance(snapshot, whitelist)
    floor = attendance.floor_of(snapshot)
    report = Report(
        client=ruleset.client,
        client_name=ruleset.client_name,
        programme=ruleset.programme,
        title=ruleset.title,
        as_of=as_of,
        zone=ruleset.zone,
        locale=ruleset.locale,
        words={word: ruleset.word(word) for word in WORDS},
        floor=None if floor is None else float(floor),
        figures=(
            *attendance.figures(snapshot, shown),
            *progress.figures(snapshot),
            *engagement.figures(snapshot, ratings),
        ),
        tables=(
            *attendance.tables(snapshot, shown),
            *engagement.tables(snapshot, ratings),
            *progress.tables(snapshot),
        ),
    )
    return replace(visible(report, whitelist), definitions=_definitions(snapshot, ratings))


def _attendance(snapshot: Snapshot, whitelist: Whitelist) -> Released:
    """Return the places that count; where nobody is named, small groups are kept from the sums as well."""
    if whitelist.allows(*PERSONAL):
        return Released(whole=snapshot.counted)
    return release(snapshot, snapshot.counted, minimum_group(snapshot))


def _definitions(snapshot: Snapshot, ratings: Released) -> tuple[tuple[str, str], ...]:
    session, pod, coach = (snapshot.ruleset.word(word) for word in ("session", "pod", "coach"))
    floor = attendance.floor_of(snapshot)
    places = (
        f"Places where somebody was present, out of the places that count. A {session} before somebody joined, "
        "after they left or while they were on secondment is not applicable and counts for neither."
    )
    scores = (
        f"What the {coach} saw in the room, from 1 to 5, for people who were rated. Never shown for fewer than "
        f"{minimum_group(snapshot)} people, nor before the register of the {session} is complete."
    )
    kept = f" Ratings kept back today: {ratings.kept_back}." if ratings.kept_back else ""
    agreed = f"{float(floor):.0%} of the places that count." if floor is not None else "None agreed."
    until = f"{plural(session).capitalize()} up to and including that day, as each {pod}'s register says."
    return (
        ("Attendance", places),
        ("Engagement", scores + kept),
        ("Attendance floor", agreed),
        ("As of", until),
    )
