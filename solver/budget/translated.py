"""Translate the budget's own rows to CP-SAT, beside what people can deliver.

A row is multiplied until its coefficients are whole, to six places; what rounding them may change
is added to its limit, so that nothing legal is lost. Percentages are whole numbers here, as they
are in every plan.
"""

from math import ceil, floor, isinf

from ortools.sat.python import cp_model

from solver.budget.milp import LinearConstraint, Milp

PLACES = 6
"""Decimal places to which a coefficient counts."""
NEAR = 1e-6
"""What a whole number may be off by."""


def translate(milp: Milp, beside: set[str], model: cp_model.CpModel) -> dict[str, cp_model.IntVar]:
    """Posts every row that has none of some variables; gives the others by their names in the
    program.
    """
    found: dict[str, cp_model.IntVar] = {}
    for name, least, most in milp.spans():
        if name not in beside:
            found[name] = model.new_int_var(ceil(least - NEAR), floor(most + NEAR), name)
    for row in milp.rows():
        if beside.isdisjoint(row.terms):
            _post(row, found, model)
    return found


def _post(
    row: LinearConstraint, variables: dict[str, cp_model.IntVar], model: cp_model.CpModel
) -> None:
    scale = _scale(row)
    whole = {name: round(scale * factor) for name, factor in row.terms.items()}
    loose = ceil(
        sum(
            abs(whole[name] - scale * factor) * _largest(variables[name])
            for name, factor in row.terms.items()
        )
        - NEAR
    )
    expression = sum(factor * variables[name] for name, factor in whole.items())
    if not isinf(row.most):
        model.add(expression <= floor(scale * row.most + NEAR) + loose)
    if not isinf(row.least):
        model.add(expression >= ceil(scale * row.least - NEAR) - loose)


def _scale(row: LinearConstraint) -> int:
    """The smallest power of ten that makes every coefficient whole, as far as it counts."""
    for places in range(PLACES):
        if all(
            abs(10**places * factor - round(10**places * factor)) < NEAR
            for factor in row.terms.values()
        ):
            return int(10**places)
    return int(10**PLACES)


def _largest(variable: cp_model.IntVar) -> int:
    domain: list[int] = list(variable.proto.domain)
    return max(abs(domain[0]), abs(domain[-1]))
