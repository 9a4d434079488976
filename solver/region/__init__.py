"""A region: who is where, then every school for itself, then schools that share people together
again.
"""
