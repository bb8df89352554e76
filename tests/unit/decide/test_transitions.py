"""Every zone there is, and every change of its clocks from 2025 to 2030 (P6; faults row 13)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

from convener.decide.moments.timing import beats, due_of, exists, local, wall
from convener.decide.moments.triggers import Relative, Rhythm, parse_trigger

FIRST, LAST = datetime(2025, 1, 1, tzinfo=UTC), datetime(2031, 1, 1, tzinfo=UTC)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
NONE: frozenset[date] = frozenset()
APIA = "Pacific/Apia"
"""The last zone that left out a date: 30 December 2011."""


@lru_cache(maxsize=1)
def transitions() -> tuple[tuple[str, datetime], ...]:
    """Return every zone with each first minute at which its clocks show something else than an hour's length says."""
    return tuple((zone, instant) for zone in sorted(available_timezones()) for instant in changes(zone))


def changes(zone: str) -> Iterator[datetime]:
    """Yield the first minute of each new offset of *zone*; weekly steps find them, for none lasts less."""
    tz, step = ZoneInfo(zone), timedelta(days=7)
    begins, offset = FIRST, FIRST.astimezone(tz).utcoffset()
    while begins < LAST:
        ends = begins + step
        if ends.astimezone(tz).utcoffset() != offset:
            low, high = begins, ends
            while high - low > MINUTE:
                middle = low + (high - low) // MINUTE // 2 * MINUTE
                low, high = (low, middle) if middle.astimezone(tz).utcoffset() != offset else (middle, high)
            yield high
            offset = high.astimezone(tz).utcoffset()
            begins = high
        else:
            begins = ends


def clocks(zone: str, instant: datetime) -> Iterator[tuple[date, time]]:
    """Yield wall-clock times before, inside and after the gap or the fold at *instant*, each with its date."""
    before, after = local(instant - MINUTE, zone), local(instant, zone)
    offsets = [moment.utcoffset() for moment in (after, before)]
    shift = (offsets[0] or timedelta()) - (offsets[1] or timedelta())
    edge = before.replace(tzinfo=None) + MINUTE
    low, high = min(edge, edge + shift), max(edge, edge + shift)
    for moment in (low - MINUTE, low, low + (high - low) / 2, high - MINUTE, high, high + timedelta(hours=3)):
        yield moment.date(), moment.time().replace(second=0)


def hours(begins: datetime, count: int) -> Iterator[tuple[datetime, datetime]]:
    """Yield *count* windows of an hour that meet."""
    yield from ((begins + timedelta(hours=n), begins + timedelta(hours=n + 1)) for n in range(count))


def test_a_daily_automation_fires_once_each_local_date_in_every_zone() -> None:
    """P6: a gap moves it forward, a fold fires it once, the slot is the wall clock asked for, in order of time."""
    wrong: list[str] = []
    looked_at = 0
    for zone, instant in transitions():
        for day, clock in clocks(zone, instant):
            looked_at += 1
            span = (wall(day - 2 * DAY, time(12), zone), wall(day + 2 * DAY, time(12), zone))
            fired = list(beats(Rhythm(clock), span, zone, day, NONE))
            slots = [f"{day + n * DAY}T{clock:%H:%M}" for n in (-2, -1, 0, 1, 2)]
            expected = [
                slot
                for slot, n in zip(slots, (-2, -1, 0, 1, 2), strict=True)
                if within(day + n * DAY, clock, span, zone)
            ]
            instants = [due for due, _ in fired]
            if [slot for _, slot in fired] != expected or any(a >= b for a, b in pairwise(instants)):
                wrong.append(f"{zone} {day} {clock}")

    assert [] == wrong
    assert looked_at == 6 * len(transitions())


def within(day: date, clock: time, span: tuple[datetime, datetime], zone: str) -> bool:
    """Tell whether *clock* of *day* falls into *span*."""
    return span[0] < wall(day, clock, zone) <= span[1]


def test_hourly_windows_find_each_beat_once() -> None:
    """P6: however the clocks change, ticks that meet neither lose a beat nor double one."""
    wrong: list[str] = []
    for zone, instant in transitions():
        for day, clock in list(clocks(zone, instant))[1:4:2]:
            begins = instant.replace(minute=0) - timedelta(hours=14)
            whole = [slot for _, slot in beats(Rhythm(clock), (begins, begins + timedelta(hours=28)), zone, day, NONE)]
            hourly = [slot for span in hours(begins, 28) for _, slot in beats(Rhythm(clock), span, zone, day, NONE)]
            if whole != hourly or len(set(whole)) != len(whole):
                wrong.append(f"{zone} {day} {clock}")

    assert [] == wrong


def test_a_relative_automation_keeps_the_wall_clock_in_every_zone() -> None:
    """P6: a day before, inside the gap or the fold, is one slot with the time asked for; later ones are due later."""
    wrong: list[str] = []
    for zone, instant in transitions():
        for day, clock in clocks(zone, instant):
            trigger = parse_trigger(f"1 day before session.starts, at {clock:%H:%M}")
            assert isinstance(trigger, Relative)
            anchors = [wall(day + n * DAY, time(12), zone) for n in (0, 1, 2)]
            dues = [due_of(trigger, anchor, zone, NONE) for anchor in anchors]
            expected = [f"{day + n * DAY}T{clock:%H:%M}" for n in (-1, 0, 1)]
            if [slot for _, slot in dues] != expected or not dues[0][0] < dues[1][0] < dues[2][0]:
                wrong.append(f"{zone} {day} {clock}")

    assert [] == wrong


def test_a_skipped_time_moves_forward_by_the_gap_and_a_repeated_one_is_its_first_pass() -> None:
    """P6: 02:15 that is not there is 02:45 in Lord Howe and 03:15 elsewhere; there twice, it comes once, at first."""
    wrong: list[str] = []
    for zone, instant in transitions():
        before, after = local(instant - MINUTE, zone), local(instant, zone)
        shift = (after.utcoffset() or timedelta()) - (before.utcoffset() or timedelta())
        edge = before.replace(tzinfo=None) + MINUTE
        inside = edge + abs(shift) / 2 if shift > timedelta() else edge - abs(shift) / 2
        due = wall(inside.date(), inside.time(), zone)
        shown = local(due, zone).replace(tzinfo=None)
        if shift > timedelta():
            correct = shown == inside + shift and due > instant - MINUTE
        else:
            correct = shown == inside and due < instant
        if not correct:
            wrong.append(f"{zone} {inside}")

    assert [] == wrong


def test_all_zones_and_all_their_changes_were_looked_at() -> None:
    """P6: the proof is about every zone of the database, those that never change their clocks included."""
    zones = available_timezones()
    changing = {zone for zone, _ in transitions()}

    assert len(zones) > 590
    assert len(changing) > 190
    assert len(transitions()) > 2_350
    assert {"Europe/London", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Africa/Cairo"} <= changing


def test_lord_howe_moves_by_half_an_hour() -> None:
    """P6: a gap and a fold of thirty minutes, two of each kind of night a year."""
    steps = [
        (local(instant, zone).utcoffset() or timedelta()) - (local(instant - MINUTE, zone).utcoffset() or timedelta())
        for zone, instant in transitions()
        if zone == "Australia/Lord_Howe"
    ]

    assert 12 == len(steps)
    assert {timedelta(minutes=30), timedelta(minutes=-30)} == set(steps)


def test_no_zone_leaves_out_a_date_in_these_years() -> None:
    """P6: were the database to learn of one, the proof above would have to know; Samoa's shows what happens then."""
    dates = [local(instant, zone).date() - local(instant - MINUTE, zone).date() for zone, instant in transitions()]

    assert max(dates) <= DAY
    assert all(exists(local(instant, zone).date(), zone) for zone, instant in transitions())


def test_a_date_that_a_zone_leaves_out_has_no_beat() -> None:
    """P6: Samoa went from the 29th to the 31st; nothing fires twice on the 31st."""
    span = (wall(date(2011, 12, 28), time(12), APIA), wall(date(2012, 1, 1), time(12), APIA))

    fired = list(beats(Rhythm(time(9)), span, APIA, date(2011, 12, 1), NONE))

    assert ["2011-12-29T09:00", "2011-12-31T09:00", "2012-01-01T09:00"] == [slot for _, slot in fired]
    assert sorted({due for due, _ in fired}) == [due for due, _ in fired]
