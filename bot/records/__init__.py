"""Run-time tables and their stores: what only exists while people talk to the bot."""
