"""The rule that nothing is invented.

Each figure of a reply stands in a cited record, in the words of the user, in the instance file, or is a count that
the reply names itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel

from knowledge_base.content import Catalogue

_FIGURE = re.compile(r"\d+(?:[.,:]\d+)*")
_NUMBERING = re.compile(r"(?m)^\d\.\s")


def figures(text: str) -> set[str]:
    """All figures of a text, thousands and decimals in one notation, without list numbering."""
    return {_canonical(found) for found in _FIGURE.findall(_NUMBERING.sub("", text))}


def unsupported_figures(
    reply: Iterable[dict[str, Any]], said: Iterable[str], catalogue: Catalogue, instance: BaseModel
) -> set[str]:
    """Return the figures of a reply that nothing supports.

    Args:
        reply: Messages as dictionaries of the contract.
        said: Everything the user wrote in this conversation.
        catalogue: The records.
        instance: The agency.
    """
    messages = list(reply)
    allowed = figures(" ".join(said)) | figures(instance.model_dump_json())
    for message in messages:
        answer = message["answer"]
        allowed |= {str(answer["more"])} | figures(json.dumps(answer["understood"]))
        allowed |= set().union(*(figures_of(record) for record in _cited(answer, catalogue)), set())
    shown = set().union(*(figures(message["text"]) for message in messages), set())
    return shown - allowed


def _cited(answer: dict[str, Any], catalogue: Catalogue) -> list[BaseModel]:
    records: list[BaseModel] = [catalogue.programmes[p["id"]] for p in answer["programmes"]]
    records += [catalogue.contacts[c["id"]] for c in answer["contacts"]]
    if answer["kind"] == "events":
        records += list(catalogue.events.values())
    if answer["kind"] == "glossary":
        records += list(catalogue.terms.values())
    urls = {source["url"] for source in answer["sources"]}
    records += [c for c in catalogue.confusable if any(s.url in urls for s in c.sources.values())]
    return records


def figures_of(record: BaseModel) -> set[str]:
    """Figures of a record; its dates also in German notation and as a year."""
    text = record.model_dump_json()
    dates = re.findall(r"(\d{4})-(\d{2})-(\d{2})", text)
    return figures(text) | {part for y, m, d in dates for part in (f"{d}.{m}.{y}", y)}


def _canonical(figure: str) -> str:
    if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d+)?", figure):
        figure = figure.replace(".", "")
    figure = figure.replace(",", ".")
    return figure[:-2] if re.fullmatch(r"\d+\.0", figure) else figure
