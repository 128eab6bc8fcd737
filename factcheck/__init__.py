"""factcheck: verify claims about collected data."""
