"""The map of who can come when."""

from datetime import UTC, datetime, timedelta

import pytest

from convener.model import PodView, Slot
from convener.reporting.proposals.slotmap import ACROSS, COUNTED, LOW, MANY, Taken, shade, slot_map

BEGIN = datetime(2027, 1, 18, 10, tzinfo=UTC)


def mornings(count: int, *, hours: int = 24) -> tuple[Slot, ...]:
    """Return slots a day, or so many hours, apart."""
    starts = [BEGIN + timedelta(hours=hours * at) for at in range(count)]
    return tuple(Slot(starts=at, ends=at + timedelta(hours=2)) for at in starts)


@pytest.mark.parametrize(("can", "level"), [(0, 0), (1, 1), (2, 2), (4, 3), (6, 4), (7, 4), (8, 5), (9, 5)])
def test_a_shade_is_a_share(can: int, level: int) -> None:
    """Nobody and everybody have a shade of their own, between them a quarter each."""
    assert level == shade(can, 8)


def test_cells_of_a_shade_are_one_path_and_forbidden_ones_are_crossed() -> None:
    """What a rule forbids keeps its shade, washed out, and has no figure (R11)."""
    (block,) = slot_map(mornings(3), [PodView(pod="p", size=4, can=(4, -5, 2))], {"p": "North"}, [], "UTC")

    assert [(3, False, 1), (5, False, 1), (5, True, 1)] == [
        (level, barred, path.count("M")) for level, barred, path in block.shades
    ]
    assert 1 == block.crosses.count("M")
    assert [(4, True), (2, False)] == [(can, dark) for _, _, can, dark in block.counts]


def test_a_session_is_a_ring_where_it_meets() -> None:
    """The ring stands in the column of its slot, with its number, on its pod's line."""
    slots = mornings(3)
    taken = [Taken(pod="q", number=1, starts=slots[2].starts, look="fresh", title="1")]
    views = [PodView(pod=name, size=2, can=(2, 2, 2)) for name in ("p", "q")]
    (block,) = slot_map(slots, views, {"p": "P", "q": "Q"}, taken, "UTC")

    assert [(block.days[2].x - block.cell / 2, block.top + block.line, 1)] == [
        (r.x, r.y, r.number) for r in block.rings
    ]


def test_a_long_poll_is_cut_at_weeks() -> None:
    """No block is wider than fits, and each begins with a Monday (R26)."""
    slots = mornings(200)
    blocks = slot_map(slots, [PodView(pod="p", size=1, can=(1,) * 200)], {"p": "P"}, [], "UTC")

    assert 200 == sum(len(block.days) for block in blocks)
    assert all(len(block.days) <= ACROSS for block in blocks)
    assert {"Mo"} == {block.days[0].weekday for block in blocks}


def test_several_slots_a_day_share_its_head_and_say_their_hours() -> None:
    """A week with more slots than fit is cut where it must be."""
    blocks = slot_map(mornings(100, hours=1), [PodView(pod="p", size=1, can=(1,) * 100)], {"p": "P"}, [], "UTC")

    assert "10:00" == blocks[0].times[0].text
    assert (60, 40) == tuple(len(block.times) for block in blocks)


def test_many_pods_have_low_lines_and_very_many_cells_no_figures() -> None:
    """A map of hundreds of pods stays a page that opens (R26)."""
    count = COUNTED // 50 + MANY
    views = [PodView(pod=str(n), size=1, can=(1,) * 50) for n in range(count)]
    (block,) = slot_map(mornings(50), views, {str(n): str(n) for n in range(count)}, [], "UTC")

    assert (LOW, ()) == (block.line, block.counts)


def test_without_slots_there_is_no_map() -> None:
    """Dates that were not planned from a poll have none."""
    assert () == slot_map((), (), {}, [], "UTC")
