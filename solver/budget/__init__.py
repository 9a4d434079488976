"""Choose which positions to budget, with how much FTE, at which school and from which funds.

A mixed-integer model, PuLP with HiGHS.
"""
