"""Benchmarks: commands that anyone can run; each prints one table."""
