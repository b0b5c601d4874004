"""The standing audit of the facts: draw records, take the verdicts of a reader, follow the share of errors."""
