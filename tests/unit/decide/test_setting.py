"""What a decision is about."""

from datetime import UTC, datetime
from typing import Any

import pytest

from convener.decide.index import Index
from convener.decide.moments.timing import Life
from convener.decide.setting import Setting, Window

MORNING = datetime(2027, 1, 11, 9, tzinfo=UTC)
NOON = MORNING.replace(hour=12)
EVENING = MORNING.replace(hour=18)


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        (Window(MORNING, EVENING), EVENING),
        (Window(MORNING, EVENING, rehearsal=True), NOON),
        (Window(EVENING, EVENING, rehearsal=True), EVENING),
    ],
)
def test_a_rehearsal_decides_at_each_instant_and_a_tick_at_its_end(window: Window, expected: datetime) -> None:
    """R30: what is due at noon is decided over at noon, but never before the window."""
    assert expected == window.present(NOON)


def test_an_automation_falls_due_where_its_people_live(world: Any) -> None:
    """R26: lives nobody leads cost nothing; `in = "programme"` knows the programme's only."""
    register = world.register()
    people = {**register.people, "ann": world.person("ann", zone="Australia/Melbourne", holidays="AU-VIC")}
    prepared = world.prepared(
        world.automation("every day"),
        world.automation("every day", id="coaches", for_each="coach"),
        world.automation("every day", id="programme", in_programme_zone=True),
    )
    index = Index.of(prepared, world.register(people=people))
    setting = Setting(prepared, index, Window(MORNING, NOON))

    lives = [setting.lives_of(automation) for automation in prepared.automations]

    london, melbourne = Life("Europe/London"), Life("Australia/Melbourne", "AU-VIC")
    assert [(melbourne, london), (london,), (london,)] == lives
