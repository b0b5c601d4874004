"""A form as the browser would send it: read from the page, changed, and sent back."""

from __future__ import annotations

from collections.abc import Mapping
from html.parser import HTMLParser


class FormReader(HTMLParser):
    """Collects the fields of the form of a record."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: list[tuple[str, str]] = []
        self._inside = False
        self._select = ""
        self._chosen: str | None = None
        self._text: list[str] | None = None
        self._name = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note fields."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = given.get("class") == "record"
        if not self._inside:
            return
        if tag == "input" and (given.get("type") != "checkbox" or "checked" in given):
            self.fields.append((given["name"], given.get("value", "")))
        elif tag == "select":
            self._select, self._chosen = given["name"], None
        elif tag == "option" and self._select and (self._chosen is None or "selected" in given):
            self._chosen = given.get("value", "")
        elif tag == "textarea":
            self._name, self._text = given["name"], []

    def handle_endtag(self, tag: str) -> None:
        """Note what was chosen or written."""
        if tag == "select" and self._select:
            self.fields.append((self._select, self._chosen or ""))
            self._select = ""
        elif tag == "textarea" and self._text is not None:
            self.fields.append((self._name, "".join(self._text).removeprefix("\n")))
            self._text = None
        elif tag == "form":
            self._inside = False

    def handle_data(self, data: str) -> None:
        """Note text."""
        if self._text is not None:
            self._text.append(data)


def fields_of(html: str) -> list[tuple[str, str]]:
    """Return the fields of the form of a record, without the token."""
    reader = FormReader()
    reader.feed(html)
    return [(name, value) for name, value in reader.fields if name != "formular"]


def changed(fields: list[tuple[str, str]], changes: Mapping[str, str | list[str]]) -> list[tuple[str, str]]:
    """Return the fields with other values; the rest stays as it is."""
    kept = [(name, value) for name, value in fields if name not in changes]
    return kept + [(name, each) for name, value in changes.items()
                   for each in (value if isinstance(value, list) else [value])]
