"""Which positions to budget, with how much FTE, at which school and from which funds: a
mixed-integer model, PuLP with HiGHS.
"""
