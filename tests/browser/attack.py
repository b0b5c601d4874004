"""A catalogue in which every field that may hold free text tries to break out of the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, TypeVar

from playwright.async_api import Page
from pydantic import BaseModel, ValidationError

from knowledge_base.content import Catalogue

MARK = "xss-probe"
HTML = f"\"'><{MARK} autofocus tabindex=0 onfocus=alert(1)></{MARK}><img src=x onerror=alert(2)></script></textarea>"
TEMPLATE = "{{7*7}}${7*7}"
TEXT = HTML + TEMPLATE
ADDRESS = "javascript:alert(3)//"
_REFERENCES = {"id", "area", "fact", "source", "contact_ids", "contact_kinds", "purposes", "not_for", "alternatives",
               "see", "leads_to", "kind", "implies", "page_date", "as_of", "topics", "audiences", "applicants"}
"""Fields whose strings are names of other records or values; a checked catalogue holds nothing else there."""
M = TypeVar("M", bound=BaseModel)
Way = tuple[Any, ...]


def attacked(record: M) -> tuple[M, int]:
    """Return the record with the attack in every field that takes it, and in how many."""
    data = record.model_dump(mode="json", by_alias=True)
    number = 0
    for way, value in list(_texts(data)):
        _put(data, way, ADDRESS if value.startswith("http") else f"{value} {TEXT}")
        try:
            type(record).model_validate(data)
            number += 1
        except ValidationError:
            _put(data, way, value)
    return type(record).model_validate(data), number


def attacked_catalogue(catalogue: Catalogue, programmes: set[str]) -> tuple[Catalogue, int]:
    """Return a catalogue of these programmes and everything else, attacked, and how many fields were."""
    kept = {name: each for name, each in catalogue.programmes.items() if name in programmes}
    fields: dict[str, Any] = {"programmes": kept, "contacts": catalogue.contacts, "events": catalogue.events,
                              "terms": catalogue.terms, "networks": catalogue.networks}
    total = 0
    for kind, records in fields.items():
        made = {name: attacked(record) for name, record in records.items()}
        fields[kind] = {name: record for name, (record, _) in made.items()}
        total += sum(number for _, number in made.values())
    vocabulary = catalogue.vocabulary.model_copy(update={
        kind: [entry.model_copy(update={"label": f"{entry.label} {TEXT}"}) for entry in entries]
        for kind, entries in catalogue.vocabulary})
    return replace(catalogue, **fields, vocabulary=vocabulary, confusable=()), total


async def broken_out(page: Page) -> list[str]:
    """Return what an attack achieved on a page: elements of its own, links that run code, templates that were run."""
    found: list[str] = await page.evaluate(
        """mark => {
            const found = [];
            const look = root => {
                for (const element of root.querySelectorAll('*')) {
                    const runs = [...element.attributes].filter(
                        each => each.name.startsWith('on') || /^\\s*javascript:/i.test(each.value));
                    if (element.localName === mark || element.matches('img[src="x"]') || runs.length)
                        found.push(element.outerHTML.slice(0, 160));
                    if (element.shadowRoot) look(element.shadowRoot);
                }
            };
            look(document);
            return found;
        }""", MARK)
    return found


def _texts(data: Any, way: Way = ()) -> Iterator[tuple[Way, str]]:
    if isinstance(data, str):
        yield way, data
    elif isinstance(data, dict):
        for key, value in data.items():
            if key not in _REFERENCES:
                yield from _texts(value, (*way, key))
    elif isinstance(data, list):
        for position, value in enumerate(data):
            yield from _texts(value, (*way, position))


def _put(data: Any, way: Way, value: str) -> None:
    for step in way[:-1]:
        data = data[step]
    data[way[-1]] = value
