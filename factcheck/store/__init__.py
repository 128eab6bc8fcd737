"""What factcheck keeps for itself under `.factcheck/`: databases that a killed or parallel run leaves whole."""
