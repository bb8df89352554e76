"""How models are solved."""

from ortools.sat.python import cp_model

from convener.planning.search import Found, Search, run, total


def test_an_impossible_model_is_told_from_a_hard_one() -> None:
    """R7: impossible is a proof, not a lack of time."""
    model = cp_model.CpModel()
    flags = [model.new_bool_var("") for _ in range(3)]
    model.add(total(flags) >= 4)

    assert Found.NONE is run(model, Search(1, 1)).found


def test_the_bound_meets_a_proved_answer() -> None:
    """R7: a proved answer has its own cost as bound."""
    model = cp_model.CpModel()
    number = model.new_int_var(3, 9, "")
    model.minimize(number)

    outcome = run(model, Search(1, 1))

    assert (Found.BEST, 3, True) == (outcome.found, outcome.bound, outcome.ok)
