"""Slow proofs, run by hand: `make bench`."""
