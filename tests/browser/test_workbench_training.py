"""Training data by mouse and by keyboard: marking what a sentence names, and a warning that stops a contradiction."""

from __future__ import annotations

import asyncio
from pathlib import Path

from playwright.async_api import expect

from bot.records.rights import Role
from bot.workbench.pages.inbox import INBOX
from tests.browser.conftest import OpenContext
from tests.browser.test_workbench_inbox import CHECKED, signed_in
from tests.browser.watch import Watch
from tests.browser.workbench import serving_bench

MIDDLE = """word => {
  const text = document.getElementById("markieren").firstChild, range = document.createRange();
  range.setStart(text, text.data.indexOf(word));
  range.setEnd(text, text.data.indexOf(word) + word.length);
  const box = range.getBoundingClientRect();
  return [box.x + box.width / 2, box.y + box.height / 2];
}"""
"""Where a word stands on the page."""


async def test_from_marking_to_the_proposal(
    built_catalogue: Path, tmp_path: Path, open_context: OpenContext, watch: Watch
) -> None:
    """Marked with the mouse; then without JavaScript and by keyboard alone; then more examples."""
    async with serving_bench(built_catalogue, tmp_path) as bench:
        watch.allowed.add(bench.url)
        watch.expected_errors.append("status of 422")
        corpus = await asyncio.to_thread(bench.app[INBOX].corpora.now)
        first = corpus.sentences("kontakt_finden", measures=True)[0]
        assert "Kreuztal" in first.sentence.text
        path = f"/trainingsdaten/satz/{first.id}/gemeintes"
        anna = await signed_in(open_context, bench, "anna", Role.EDITOR)
        await anna.goto(path)
        x, y = await anna.evaluate(MIDDLE, "Kreuztal")
        await anna.mouse.dblclick(x, y)
        ticked = anna.locator("[name=wort]:checked")
        await expect(ticked).to_have_count(1)
        await expect(anna.get_by_role("checkbox", name="Kreuztal", exact=True)).to_be_checked()

        plain = await signed_in(open_context, bench, "anna", Role.EDITOR, java_script_enabled=False)
        await plain.goto(path)
        await plain.get_by_role("checkbox", name="Thema: Weiterbildung und Qualifizierung", exact=True).press("Space")
        await plain.get_by_role("checkbox", name="Kreuztal", exact=True).press("Space")
        await plain.get_by_role("button", name="Zuordnen").press("Enter")
        await expect(plain.get_by_role("checkbox", name="Ort: Kreuztal", exact=True)).to_be_checked()
        await plain.get_by_role("button", name="Zur Freigabe geben").press("Enter")
        await expect(plain.get_by_role("heading", name="Gemeintes in einem Prüfsatz")).to_be_visible(timeout=CHECKED)

        await anna.goto("/trainingsdaten/absicht/foerderung_ki")
        box = anna.get_by_label("Ein Satz je Zeile")
        await box.fill(corpus.sentences("kontakt_finden", measures=False)[0].sentence.text)
        await expect(anna.locator("#gleiche").get_by_text("Widerspruch")).to_be_visible()
        await anna.get_by_role("button", name="Zur Freigabe geben").first.click()
        await expect(anna.get_by_role("alert")).to_contain_text("steht schon bei")
