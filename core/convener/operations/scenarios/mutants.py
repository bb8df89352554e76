"""Small changes of what a rule file says: each a mutant that some test should tell from the rules as they are."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from convener.decide import Prepared, prepare
from convener.errors import InvalidError, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """The rules with one small change."""

    name: str
    """What it is called, the same wherever the line stands: `remind: without !attendance.excused`."""
    owner: str
    """Id of the automation or rule that is changed."""
    what: str
    """The change, in words."""
    place: Place
    hint: str
    """What test is missing when none tells it from the rules."""
    make: Callable[[], Prepared] = field(repr=False, compare=False)
    """Makes the rules; raise InvalidError when the change is none that could be written."""

    def rules(self) -> Prepared | None:
        """Return the changed rules, None when `check` would refuse them."""
        try:
            return self.make()
        except InvalidError:
            return None


@dataclass(frozen=True, slots=True)
class Workshop:
    """Makes the rules of mutants out of *prepared*; *file* is the rule file whose own words may be changed."""

    prepared: Prepared
    file: str

    def is_own(self, place: Place) -> bool:
        """Tell whether what stands at *place* belongs to the rule file."""
        return place.file == self.file

    def with_automation(self, identity: str, **changes: object) -> Prepared:
        """Return the rules with one automation changed; nothing else is read again."""
        ruleset = self.prepared.ruleset
        changed = replace(ruleset.automations[identity], **changes)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
        alone = replace(ruleset, automations={identity: changed})
        made = prepare(alone, self.prepared.extensions).automations
        return replace(
            self.prepared,
            ruleset=replace(ruleset, automations={**ruleset.automations, identity: changed}),
            automations=tuple(
                made[0] if each.automation.id == identity else each for each in self.prepared.automations
            ),
        )

    def without_automation(self, identity: str) -> Prepared:
        """Return the rules with one automation switched off."""
        ruleset = self.prepared.ruleset
        return replace(
            self.prepared,
            ruleset=replace(
                ruleset, automations={name: each for name, each in ruleset.automations.items() if name != identity}
            ),
            automations=tuple(each for each in self.prepared.automations if each.automation.id != identity),
        )

    def with_rule(self, identity: str, **changes: object) -> Prepared:
        """Return the rules with one rule changed."""
        ruleset = self.prepared.ruleset
        changed = replace(ruleset.rules[identity], **changes)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
        return prepare(replace(ruleset, rules={**ruleset.rules, identity: changed}), self.prepared.extensions)

    def without_rule(self, identity: str) -> Prepared:
        """Return the rules with one rule switched off."""
        ruleset = self.prepared.ruleset
        rules = {name: rule for name, rule in ruleset.rules.items() if name != identity}
        return prepare(replace(ruleset, rules=rules), self.prepared.extensions)
