"""Benchmarks: ratios measured in one run on one machine, and what they are made of. Never a pass or fail."""
