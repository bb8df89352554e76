"""The catalogue of facts."""

from convener.expressions import CATALOGUE


def test_every_fact_says_what_it_means_under_its_own_name() -> None:
    """R28: what ops may write is published with name and meaning."""
    wrong = [name for name, fact in CATALOGUE.items() if name != fact.name or not fact.meaning]

    assert [] == wrong
