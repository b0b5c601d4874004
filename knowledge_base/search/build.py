"""Builds the search index: an inverted index whose postings hold ready-made BM25 scores.

Why not the full text search of the database: PostgreSQL's ``ts_rank`` knows no document frequency (so „Förderung“
would drive the ranking there) and SQLite's FTS5 no weights per search word (so half a compound would count like the
whole). Here both databases store the same few rows and rank alike to the last digit.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator

import numpy as np
import sqlalchemy as sa

from knowledge_base.content import Catalogue
from knowledge_base.search import tables
from knowledge_base.search.analysis import Compounds, content_words, folded_word, weighted_stems
from knowledge_base.search.documents import Document, documents

_K1 = 1.2
"""How soon a repeated word stops counting more (BM25)."""
_LENGTH = 0.3
"""How much long records are held back (BM25 b). Little: long records are thorough, not vague."""
_CHUNK = 5_000

NUMBERS, IMPACTS = np.dtype("<i4"), np.dtype("<f4")


def reindex(connection: sa.Connection, catalogue: Catalogue) -> None:
    """Replace the whole index, within the transaction of the caller."""
    tables.metadata.create_all(connection, checkfirst=True)
    for table in tables.metadata.tables.values():
        connection.execute(sa.delete(table))
    listed = list(documents(catalogue))
    vocabulary = sorted({folded_word(word) for document in listed for _, text in document.fields
                         for word in content_words(text)} - {""})
    _insert(connection, tables.words, ({"word": word[:200]} for word in dict.fromkeys(vocabulary)))
    _insert(connection, tables.documents,
            ({"number": n, "kind": d.kind, "id": d.id} for n, d in enumerate(listed)))
    _insert(connection, tables.postings, _posting_rows(listed, Compounds(vocabulary)))


def _insert(connection: sa.Connection, table: sa.Table, rows: Iterator[dict[str, object]]) -> None:
    chunk: list[dict[str, object]] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == _CHUNK:
            connection.execute(sa.insert(table), chunk)
            chunk = []
    if chunk:
        connection.execute(sa.insert(table), chunk)


def _posting_rows(listed: list[Document], compounds: Compounds) -> Iterator[dict[str, object]]:
    """One row per stem with the BM25 impact of every document that holds it."""
    weights, lengths = _weights(listed, compounds)
    kinds = Counter(document.kind for document in listed)
    total: dict[str, float] = defaultdict(float)
    for document, length in zip(listed, lengths, strict=True):
        total[document.kind] += length
    average = {kind: total[kind] / count for kind, count in kinds.items()}
    for stem in sorted(weights):
        held = weights[stem]
        frequency = Counter(listed[number].kind for number, _ in held)
        impacts = []
        for number, weight in held:
            kind = listed[number].kind
            rarity = math.log(1 + (kinds[kind] - frequency[kind] + 0.5) / (frequency[kind] + 0.5))
            saturation = _K1 * (1 - _LENGTH + _LENGTH * lengths[number] / (average[kind] or 1))
            impacts.append(rarity * weight / (saturation + weight))
        yield {"stem": stem[:200], "numbers": np.array([number for number, _ in held], NUMBERS).tobytes(),
               "impacts": np.array(impacts, IMPACTS).tobytes()}


def _weights(listed: list[Document], compounds: Compounds) -> tuple[dict[str, list[tuple[int, float]]], list[float]]:
    """Per stem the documents with its field-weighted count, and the length of every document."""
    weights: dict[str, list[tuple[int, float]]] = defaultdict(list)
    lengths = []
    for number, document in enumerate(listed):
        counts: dict[str, float] = defaultdict(float)
        for weight, text in document.fields:
            for stem, count in weighted_stems(text, compounds).items():
                counts[stem] += weight * count
        for stem, count in counts.items():
            weights[stem].append((number, count))
        lengths.append(sum(counts.values()))
    return weights, lengths
