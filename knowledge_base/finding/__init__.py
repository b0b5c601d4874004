"""Ranking: which programmes and contacts answer a case best, and why. The door is ``knowledge_base.queries``."""
