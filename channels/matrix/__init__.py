"""Matrix: sovereign, encrypted end to end; the messenger of first choice."""
