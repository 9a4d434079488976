"""Open slots: which minutes a grade could be served in, and what is short in any plan.

Which are taken, and who is free then.
"""
