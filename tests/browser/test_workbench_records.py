"""The form of a programme in the browser. Adding one, to the answer in the chat: stories/."""

from __future__ import annotations

from pathlib import Path

from playwright.async_api import expect

from bot.records.rights import Role
from tests.browser.conftest import OpenContext
from tests.browser.test_workbench_releases import SLOW, person
from tests.browser.watch import Watch
from tests.browser.workbench import serving_bench


async def test_the_preview_follows_while_one_writes(
    built_catalogue: Path, tmp_path: Path, open_context: OpenContext, watch: Watch
) -> None:
    async with serving_bench(built_catalogue, tmp_path) as bench:
        watch.allowed.add(bench.url)
        anna = await person(open_context, bench, "anna", Role.EDITOR)
        await anna.goto("/wissensbasis/programme/anerkennungspartnerschaft-16d", timeout=SLOW)
        await expect(anna.locator("#wer")).not_to_contain_text("(neu)")
        await anna.get_by_label("Status", exact=True).select_option("ausgelaufen")
        await expect(anna.locator("#wer")).to_contain_text("passt nicht (neu)", timeout=SLOW)
