"""The fact `pod.zones`: how many wall clocks a pod lives by."""

from convener import Fact, FactScene, PluginFact


def zones(scene: FactScene) -> int | None:
    """Return the number of time zones among the members of the pod, None where there is no pod."""
    if not scene.pod:
        return None
    members = scene.register.members(scene.pod, scene.at.date())
    return len({scene.register.people[member].zone for member in members})


ZONES = PluginFact(
    fact=Fact(
        name="pod.zones",
        type="int",
        nullable=True,
        unit="zones",
        meaning="time zones the members live in on the day",
    ),
    provide=zones,
)
