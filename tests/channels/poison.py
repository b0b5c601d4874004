"""A catalogue in which every text is an attack, to see that pages show it as text."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

from pydantic import BaseModel

from knowledge_base.store import KnowledgeStore, _Loaded

ATTACK = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7 * 7 }}"
BAD_URL = "javascript:alert(3)//"
_KEPT = frozenset({"id", "source", "as_of", "page_date", "kind", "topics", "audiences", "area", "contact_ids", "see",
                   "leads_to", "status", "purposes", "by", "applicants", "contact_kinds", "sectors"})
"""Fields that hold ids, not texts."""


def poisoned(value: Any) -> Any:
    """Return a record with the attack in all of its texts and addresses."""
    if isinstance(value, BaseModel):
        changes = {name: _field(name, getattr(value, name)) for name in type(value).model_fields if name not in _KEPT}
        return value.model_copy(update=changes)
    if isinstance(value, dict):
        return {key: poisoned(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(poisoned(each) for each in value)
    return value + ATTACK if type(value) is str else value


def _field(name: str, value: Any) -> Any:
    return BAD_URL + ATTACK if name == "url" and value else poisoned(value)


def poison(store: KnowledgeStore) -> None:
    """Make the store hand out such records from now on."""
    catalogue = store.catalogue()
    bad = replace(catalogue, contacts=poisoned(dict(catalogue.contacts)), events=poisoned(dict(catalogue.events)),
                  terms=poisoned(dict(catalogue.terms)), confusable=poisoned(catalogue.confusable))
    store._loaded, store._asked_at = _Loaded(store.build_number(), bad), math.inf


def assert_harmless(html: str) -> None:
    """Check that the attack stands on the page as text only."""
    assert "alert(1)" in html
    assert "<script>alert" not in html and "<img src=x" not in html
    assert "{{ 7 * 7 }}" in html
    assert 'href="javascript' not in html
