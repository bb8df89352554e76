"""Registers to ask about."""

from convener.testing import FIRST_DAY, a_register


def test_pods_have_the_people_they_were_given() -> None:
    """Everybody is enrolled, seated and has an address from the first day on."""
    register = a_register({"north": ["ana", "ben"], "south": ["cleo"]}, zones={"cleo": "Australia/Sydney"})

    assert ["ana", "ben", "cleo"] == register.participants(FIRST_DAY)
    assert (["ana", "ben"], "south") == (register.members("north", FIRST_DAY), register.pod_of("cleo", FIRST_DAY))
    assert {"": 2, "Australia/Sydney": 1} == {
        zone: [each.zone for each in register.people.values()].count(zone) for zone in ("", "Australia/Sydney")
    }


def test_an_empty_one_is_empty() -> None:
    """What a fact must bear before anybody is there."""
    register = a_register()

    assert (0, 0) == (len(register.people), len(register.pods))
