"""The catalogue of facts."""

import pytest

from convener.errors import InvalidError, Place
from convener.expressions import CATALOGUE, compile_clause, narrowed
from convener.model import ParticipantStatus, ProgrammeState, SessionStatus


def test_every_fact_says_what_it_means_under_its_own_name() -> None:
    """R28: what ops may write is published with name and meaning."""
    wrong = [name for name, fact in CATALOGUE.items() if name != fact.name or not fact.meaning]

    assert [] == wrong


def test_closed_sets_are_those_of_the_model() -> None:
    """R29: a status that does not exist is refused with the nearest one."""
    closed = {name: set(fact.values) for name, fact in CATALOGUE.items() if fact.values}

    assert {
        "programme.state": set(ProgrammeState),
        "participant.status": set(ParticipantStatus),
        "session.status": set(SessionStatus),
    } == closed


def test_a_clients_own_words_can_be_a_closed_set() -> None:
    """R15: with the client's table of statuses a misspelt one is an error of the clause."""
    catalogue = narrowed(CATALOGUE, {"attendance.status": ("attended", "apologies", "missed")})
    source = "attendance.status == 'mised'"

    with pytest.raises(InvalidError) as caught:
        compile_clause(source, Place("acme.toml"), catalogue)

    assert "did you mean 'missed'?" == caught.value.problems[0].hint
    assert compile_clause(source, Place("acme.toml")).names
