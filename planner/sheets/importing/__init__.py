"""Turn exports of other systems into sheets of a dataset.

Their headings and codes, a saved mapping, and keys for students.
"""
