"""Benchmarks of acmrules and its peers, one file per question; `python -m benchmarks` runs all."""
