"""Full text search over programmes, contacts, terms and events: one index, the same on SQLite and PostgreSQL."""

from knowledge_base.search.build import reindex
from knowledge_base.search.documents import CONTACT, EVENT, PROGRAMME, TERM
from knowledge_base.search.index import Scored, SearchIndex, TextScores

__all__ = ["CONTACT", "EVENT", "PROGRAMME", "TERM", "Scored", "SearchIndex", "TextScores", "reindex"]
