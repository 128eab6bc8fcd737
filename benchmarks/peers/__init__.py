"""factcheck beside everything that a user would pick instead: `python -m benchmarks.peers`."""
