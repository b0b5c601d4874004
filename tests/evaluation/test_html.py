"""The page says what was measured, fetches nothing, and can be read without seeing the plots."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bot.evaluation import output
from bot.evaluation.bars import rows
from bot.evaluation.html import render
from bot.evaluation.report import Report
from tests.evaluation.made_up import full_report, judged, short_report

EVIL = "<script src=https://example.org/x.js></script> & „Zitat“"


class Elements(HTMLParser):
    """Collects elements with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


def _page(report: Report) -> str:
    return render(report, rows(report, {"accuracy": 0.5}), {"day": "2026-01-01"})


@pytest.fixture(scope="module")
def page() -> str:
    return _page(full_report(EVIL))


def test_nothing_is_fetched(page: str) -> None:
    elements = Elements(page)
    assert len(elements.found) > 200
    assert not {tag for tag, _ in elements.found} & {"script", "link", "img", "iframe", "object", "image", "base"}
    for tag, attributes in elements.found:
        for name in ("src", "href", "xlink:href", "data", "action", "srcset", "poster"):
            assert (attributes.get(name) or "#").startswith("#"), (tag, name, attributes[name])
    assert all(address.startswith("#") for address in re.findall(r"url\(([^)]*)\)", page))
    assert "@import" not in page
    policy = next(meta["content"] for meta in elements.all("meta") if meta.get("http-equiv"))
    assert (policy or "").startswith("default-src 'none'")


def test_sentences_are_only_text(page: str) -> None:
    assert EVIL not in page
    assert "&lt;script src=https://example.org/x.js&gt;" in page


def test_every_plot_has_an_alternative_and_a_table(page: str) -> None:
    elements = Elements(page)
    plots = [svg for svg in elements.all("svg")]
    assert len(plots) == 4
    assert all(svg.get("role") == "img" and len(svg.get("aria-label") or "") > 20 for svg in plots)
    assert page.count("<caption>") >= len(plots) + 5
    assert page.count("<caption>") == page.count("<table>")


def test_ids_are_there_once_and_links_lead_to_them(page: str) -> None:
    elements = Elements(page)
    ids = [attributes["id"] for _, attributes in elements.found if attributes.get("id")]
    twice = {each for each in ids if ids.count(each) > 1}
    assert not {each for each in twice if f"#{each}" in page}
    assert {(a["href"] or "")[1:] for a in elements.all("a")} <= set(ids)


def test_measure_value_bar_and_last_value_are_in_the_table(page: str) -> None:
    row = next(row for row in re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL) if "Absichten richtig" in row)
    assert "66,7 %" in row and "93,0 %" in row and "verfehlt" in row and "50,0 %" in row and "+16,7 Punkte" in row


def test_the_way_to_the_goal_is_told_for_each_order_of_questions(page: str) -> None:
    section = page.partition('<h2 id="ziel">')[2].partition("<h2")[0]
    found = [re.findall(r"<td>(.*?)</td>", row) for row in re.findall(r"<tr>(.*?)</tr>", section, re.DOTALL)]
    assert [cells[:2] for cells in found if len(cells) == 4] == [
        ["2 Nachrichten", share] for share in ("95,0 %", "77,5 %", "75,0 %")
    ]
    assert ["2", "0", "0"] in found


def test_a_short_run_has_a_page_too() -> None:
    short = replace(short_report([judged("a", "a", "a")]), skipped=["Nichts <weiter>."])
    page = _page(short)
    assert "Nichts &lt;weiter&gt;." in page
    assert len(Elements(page).all("svg")) == 1


def test_page_and_data_are_written(tmp_path: Path) -> None:
    report = full_report()
    page = output.write(tmp_path / "latest", report, rows(report, {}), {})
    data = json.loads((page.parent / output.DATA).read_text(encoding="utf-8"))
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert data["intents"]["accuracy"]["value"] == pytest.approx(2 / 3)
    assert {"key": "training_seconds", "value": 40.0, "least": None, "most": 90, "ok": True, "accepted": None} in (
        data["measures"]
    )
