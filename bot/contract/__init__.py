"""The answer contract: what every reply of every channel looks like."""
