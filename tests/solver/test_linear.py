"""A model as a program for HiGHS: the same optimum where every variable is whole, and never a
tighter bound than is true.
"""

from random import Random

import pytest
from ortools.sat.python import cp_model

from solver.linear import Linear

SECONDS = 10


def drawn(seed: int) -> tuple[cp_model.CpModel, list[cp_model.IntVar], cp_model.LinearExpr]:
    """A little model of every kind of constraint that is a sum."""
    rng, model = Random(seed), cp_model.CpModel()
    whole = [model.new_bool_var(f"x{n}") for n in range(8)] + [
        model.new_int_var(0, 5, f"k{n}") for n in range(4)
    ]
    for _ in range(5):
        some = rng.sample(whole, 4)
        model.add(sum(rng.randint(1, 4) * one for one in some) <= rng.randint(4, 12))
    literals = [one if rng.random() < 0.5 else ~one for one in rng.sample(whole[:8], 6)]
    model.add_at_most_one(literals[:3])
    model.add_exactly_one(literals[3:])
    model.add_bool_or(literals[1:4])
    model.add_implication(literals[0], literals[5])
    return model, whole, sum(rng.randint(1, 9) * one for one in whole)


@pytest.mark.parametrize("seed", range(12))
def test_the_optimum_is_the_same(seed: int):
    model, whole, objective = drawn(seed)
    linear = Linear(model, [one.index for one in whole], seed=1, gap=0.0)
    solution, most = linear.most(objective, SECONDS)
    model.maximize(objective)
    solver = cp_model.CpSolver()
    status = solver.solve(model)
    assert not linear.partial
    if status == cp_model.INFEASIBLE:
        assert solution is None
        return
    assert status == cp_model.OPTIMAL
    assert solution is not None
    assert most == round(solver.objective_value)


@pytest.mark.parametrize("seed", range(12))
def test_fractions_allow_no_less(seed: int):
    model, whole, objective = drawn(seed)
    _, most = Linear(model, [whole[0].index], seed=1, gap=0.0).most(objective, SECONDS)
    model.maximize(objective)
    solver = cp_model.CpSolver()
    if solver.solve(model) == cp_model.OPTIMAL:
        assert most is not None
        assert most >= round(solver.objective_value)


def test_what_is_held_and_what_it_begins_with_count():
    model = cp_model.CpModel()
    one, other = model.new_int_var(0, 5, "one"), model.new_int_var(0, 5, "other")
    model.add(one + other <= 6)
    linear = Linear(model, [one.index, other.index], seed=1, gap=0.0)
    linear.start({one.index: 5})
    assert linear.most(one + other, SECONDS)[1] == 6
    linear.hold(one, 0)
    assert linear.most(one + other, SECONDS) == ([0, 5], 5)


def test_what_is_no_sum_is_said():
    model = cp_model.CpModel()
    one, other = model.new_int_var(0, 5, "one"), model.new_bool_var("other")
    model.add(one >= 3).only_enforce_if(other)
    assert Linear(model, [], seed=1, gap=0.0).partial
