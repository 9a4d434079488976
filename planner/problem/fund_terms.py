"""What a fund allows and asks: its program's columns, and its own in the place of those."""

from planner.problem.funds import Fund, Program

OWN = tuple(name for name in Program.model_fields if name in Fund.model_fields and name not in Program.KEY)
"""The columns of a program that a fund may say otherwise."""


def terms_of(fund: Fund, program: Program) -> Program:
    """The program as this fund has it."""
    said = {name: value for name in OWN if (value := getattr(fund, name)) is not None}
    return program.model_copy(update=said) if said else program
