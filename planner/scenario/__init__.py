"""Scenarios: a dataset with changes, read from a YAML file, applied to sheets of text, said in
words, and written.
"""
