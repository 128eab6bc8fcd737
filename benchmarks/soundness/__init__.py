"""Simulated investigations with known truth: how often each verdict is right, against what is promised."""
