"""From a sentence to a claim: what its words mean in the data, and which claims they may make."""
