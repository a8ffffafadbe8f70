"""Tests and benchmarks: a package by name, so that `python -m tests.benchmarks` is never that of somebody else."""
