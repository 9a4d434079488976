"""The facts of a district: what its sheets hold (rows), and what planning reads from them (the
problem).
"""
