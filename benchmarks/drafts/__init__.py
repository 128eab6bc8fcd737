"""How often `factcheck draft` finds the claim that a sentence makes, measured on sentences written before it."""
