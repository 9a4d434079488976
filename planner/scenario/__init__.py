"""Scenarios: a dataset with changes, read from a YAML file, said in words, and written.

The changes are applied to sheets of text.
"""
