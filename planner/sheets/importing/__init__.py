"""Exports of other systems into sheets of a dataset: their headings and codes, a saved mapping, and
keys for students.
"""
