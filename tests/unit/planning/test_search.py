"""How models are solved."""

from ortools.sat.python import cp_model

from convener.planning.effort import Effort, Progress
from convener.planning.search import STEPS_A_SECOND, Found, run, total


def hard_to_prove() -> cp_model.CpModel:
    """Return a model that keeps a solver busy: ten pigeons of odd weights in three holes, as evenly as can be."""
    model = cp_model.CpModel()
    weights = [31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107]
    most = model.new_int_var(0, sum(weights), "")
    places = [[model.new_bool_var("") for _ in range(5)] for _ in weights]
    for place in places:
        model.add_exactly_one(place)
    for hole in range(5):
        model.add(total([p[hole] * w for p, w in zip(places, weights, strict=True)]) <= most)
    model.minimize(most)
    return model


def test_an_impossible_model_is_told_from_a_hard_one() -> None:
    """R7: impossible is a proof, not a lack of effort."""
    model = cp_model.CpModel()
    flags = [model.new_bool_var("") for _ in range(3)]
    model.add(total(flags) >= 4)

    assert Found.NONE is run(model, Effort(), STEPS_A_SECOND).found


def test_the_bound_meets_a_proved_answer() -> None:
    """R7: a proved answer has its own cost as bound."""
    model = cp_model.CpModel()
    number = model.new_int_var(3, 9, "")
    model.minimize(number)

    outcome = run(model, Effort(), STEPS_A_SECOND)

    assert (Found.BEST, 3, True) == (outcome.found, outcome.bound, outcome.ok)


def test_the_steps_of_a_search_are_counted_and_repeat() -> None:
    """R8: the same model, seed and steps do the same work everywhere."""
    efforts = [Effort(seed=5), Effort(seed=5)]
    values = [run(hard_to_prove(), each, STEPS_A_SECOND // 20).solver.objective_value for each in efforts]

    assert efforts[0].spent == efforts[1].spent > 0
    assert values[0] == values[1]


def test_a_watch_ends_a_search_and_keeps_what_was_found() -> None:
    """R7: whoever waits may stop a search at any time."""
    seen: list[Progress] = []

    def impatient(progress: Progress) -> bool:
        seen.append(progress)
        return True

    effort = Effort(watch=impatient)
    outcome = run(hard_to_prove(), effort, 10**6 * STEPS_A_SECOND, known=1_000)

    assert effort.stopped
    assert outcome.found is not Found.NONE
    assert seen
