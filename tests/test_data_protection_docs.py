"""The drafts on data protection tell of every table and say what the agency has to fill in."""

from __future__ import annotations

import re

from bot.database import Base
from bot.records.table_copy import BUILT_BY, NOT_BUILT
from bot.settings import REPOSITORY
from knowledge_base.migrate import load_tables

DOCS = REPOSITORY / "docs" / "datenschutz"


def test_the_deletion_concept_names_every_table_of_people() -> None:
    load_tables()
    built = {each.class_.__tablename__ for each in Base.registry.mappers if each.class_.__module__ == BUILT_BY}
    tables = set(Base.metadata.tables) - (built - NOT_BUILT)
    assert len(tables) > 20
    text = (DOCS / "loeschkonzept.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| `")]
    named = {name for line in rows for name in re.findall(r"`(\w+)`", line.split("|")[1])}
    assert named == tables


def test_every_draft_says_what_is_missing() -> None:
    drafts = sorted(DOCS.glob("*.md"))
    assert len(drafts) >= 6
    for draft in drafts:
        assert "[bitte" in draft.read_text(encoding="utf-8"), draft.name
