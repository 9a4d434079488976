"""Open slots: which minutes a grade could be served in, which are taken, who is free then, and what
is short in any plan.
"""
