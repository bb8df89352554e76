"""The promises of facts and kinds of rules as test classes, as `contracts` has them for connectors."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from pydantic import BaseModel, ValidationError

from convener.model import Register
from convener.ports import FactScene, PluginFact, RuleKind
from convener.testing.demands import demand, demand_equal
from convener.testing.registers import a_register

SURPRISE = "no_such_key"


class FactContract:
    """What every fact of a plugin promises."""

    def offered(self) -> PluginFact:
        """Return the fact, as the hook returns it."""
        raise NotImplementedError

    def known(self) -> Iterable[tuple[FactScene, object]]:
        """Return scenes and the value of the fact in each; None where it is unknown."""
        raise NotImplementedError

    def test_it_tells_what_it_should(self) -> None:
        """The value is the one expected, in every scene."""
        for scene, expected in self.known():
            demand_equal(f"{self._name()} of {scene}", expected, self.offered().provide(scene))

    def test_it_keeps_to_its_type(self) -> None:
        """The value is of the type the catalogue states, and unknown only where it is said to be nullable."""
        fact = self.offered().fact
        for scene, _ in self.known():
            value = self.offered().provide(scene)
            demand(f"{self._name()} is a {fact.type}", fact.accepts(value))
            demand(f"{self._name()} is unknown, so that it is nullable", value is not None or fact.nullable)

    def test_it_tells_the_same_again(self) -> None:
        """A rehearsal asks at another time of day than the run: nothing but the scene may count."""
        for scene, _ in self.known():
            first, second = self.offered().provide(scene), self.offered().provide(replace(scene))
            demand_equal(f"{self._name()} asked twice", first, second)

    def test_it_bears_an_empty_register(self) -> None:
        """Where nobody is known yet it tells a value of its type, or unknown, and does not fail."""
        for scene, _ in self.known():
            bare = FactScene(register=a_register(), at=scene.at)
            demand(f"{self._name()} bears an empty register", self.offered().fact.accepts(self.offered().provide(bare)))

    def _name(self) -> str:
        return f"fact {self.offered().fact.name!r}"


class KindContract:
    """What every kind of rule of a plugin promises."""

    def offered(self) -> RuleKind:
        """Return the kind, as the hook returns it."""
        raise NotImplementedError

    def terms(self) -> Mapping[str, object]:
        """Return the keys of a rule of this kind as a rule file says them."""
        raise NotImplementedError

    def kept(self) -> tuple[Register, date]:
        """Return a register in which the rule of `terms` is kept on that day."""
        raise NotImplementedError

    def broken(self) -> tuple[Register, date]:
        """Return a register in which it is broken on that day."""
        raise NotImplementedError

    def test_its_terms_are_a_frozen_model(self) -> None:
        """The keys of a rule are read once and never changed; each says what it means."""
        model: Any = self.offered().terms
        demand("`terms` is a pydantic model", isinstance(model, type) and issubclass(model, BaseModel))
        demand("`terms` is frozen", model.model_config.get("frozen"))
        for name, field in model.model_fields.items():
            demand(f"the key {name!r} has a description", field.description)

    def test_it_reads_its_keys_and_no_others(self) -> None:
        """What a rule file says is taken as it is typed, and a slip in a key is found."""
        demand("`terms` takes the keys", self._read())
        try:
            self.offered().terms.model_validate({**self.terms(), SURPRISE: 1}, strict=True)
        except ValidationError:
            return
        demand("`terms` forbids further keys", kept=False)

    def test_a_rule_that_is_kept_has_no_breach(self) -> None:
        """Nothing is yielded for a register that keeps the rule."""
        demand_equal("a rule that is kept", [], self._breaches(self.kept()))

    def test_a_breach_names_its_subject(self) -> None:
        """Each breach is a subject and a sentence for people."""
        found = self._breaches(self.broken())
        demand("a rule that is broken has a breach", found)
        for subject, text in found:
            demand("a breach has a subject and says what is wrong", subject and text)

    def test_it_judges_the_same_again(self) -> None:
        """Nothing but the terms, the register and the day may count."""
        demand_equal("judged twice", self._breaches(self.broken()), self._breaches(self.broken()))

    def test_it_bears_an_empty_register(self) -> None:
        """Before anybody is enrolled it does not fail."""
        self._breaches((a_register(), self.kept()[1]))

    def _read(self) -> Any:
        return self.offered().terms.model_validate(dict(self.terms()), strict=True)

    def _breaches(self, world: tuple[Register, date]) -> list[tuple[str, str]]:
        return list(self.offered().breaches(self._read(), *world))
