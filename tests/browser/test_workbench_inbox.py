"""Monday's unanswered question becomes an example: by keyboard, and without JavaScript."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.async_api import Page, expect

from bot.records.rights import Role
from bot.workbench.pages.proposals import CURATION
from tests.browser.conftest import OpenContext
from tests.browser.watch import Watch
from tests.browser.workbench import Bench, serving_bench
from tests.browser.workbench_inbox import ask

PRINTER = "Kriegt man wat dazu wenn ich 3D Drucker anschaffen tu?"
HOUND = "Was kostet eigentlich ein Hund in Haltung?"
PLOTTER = "Zuschuss fürn Plotter im Kopierladen?"
CHECKED = 30_000
"""Milliseconds: the checks read all 25,000 sentences."""
FILE = "nlu_data/intents/foerderung/foerderung_digitalisierung.yml"
TWIN = "tests/nlu/foerderung/foerderung_digitalisierung.yml"


async def signed_in(open_context: OpenContext, bench: Bench, name: str, *roles: Role, **options: bool) -> Page:
    """Open the workbench as somebody."""
    context = await open_context(base_url=bench.url, **options)
    await bench.sign_in(context, name, *roles)
    return await context.new_page()


async def test_by_keyboard(built_catalogue: Path, tmp_path: Path, open_context: OpenContext, watch: Watch) -> None:
    """At most three actions per turn; then one proposal, which somebody else releases."""
    async with serving_bench(built_catalogue, tmp_path) as bench:
        watch.allowed.add(bench.url)
        await ask(bench, PRINTER, HOUND, PLOTTER)
        anna = await signed_in(open_context, bench, "anna", Role.EDITOR)
        await anna.goto("/posteingang")
        await expect(anna.get_by_role("heading", name=f"„{PRINTER}“")).to_be_visible()
        await anna.keyboard.press("i")
        await anna.keyboard.type("förderung für digital")
        await anna.keyboard.press("Enter")
        await expect(anna.get_by_role("heading", name=f"„{HOUND}“")).to_be_visible()
        await expect(anna.get_by_text("für „Förderung für Digitalisierung“, zum Trainieren")).to_be_visible()
        await anna.keyboard.press("x")
        await expect(anna.get_by_role("heading", name=f"„{PLOTTER}“")).to_be_visible()
        await anna.keyboard.press("u")
        await expect(anna.get_by_role("heading", name=f"„{HOUND}“")).to_be_visible()
        await anna.keyboard.press("x")
        await expect(anna.get_by_role("heading", name=f"„{PLOTTER}“")).to_be_visible()
        (choice,) = await anna.get_by_role("button", name=re.compile("Förderung für Digitalisierung")).all()
        await anna.keyboard.press(str(await choice.get_attribute("data-key")))
        await expect(anna.get_by_text("zum Messen").first).to_be_attached()
        await expect(anna.get_by_text("Hier liegt nichts")).to_be_visible()
        await anna.keyboard.press("p")
        await expect(anna.get_by_role("heading", name="2 Sätze aus dem Posteingang")).to_be_visible(timeout=CHECKED)
        ben = await signed_in(open_context, bench, "ben", Role.RELEASER)
        await ben.goto(anna.url, timeout=CHECKED)
        await expect(ben.get_by_text("Die Prüfung hat nichts gefunden")).to_be_visible()
        await ben.get_by_role("button", name="Freigeben").click()
        await expect(ben.get_by_text("Freigegeben.")).to_be_visible(timeout=CHECKED)
        root = bench.app[CURATION].contents.root
        assert f"      - {PRINTER}\n" in (root / FILE).read_text(encoding="utf-8")
        assert PLOTTER in (root / TWIN).read_text(encoding="utf-8")


async def test_one_key_per_turn(
    built_catalogue: Path, tmp_path: Path, open_context: OpenContext, watch: Watch
) -> None:
    """Whoever reads a turn in 30 seconds decides about 100 in an hour: the rest is one key each."""
    keys = {"1": "Vorgemerkt für", "x": "Verworfen", "f": "Vorgemerkt als Satz, den", "k": "steht bei den Aufgaben"}
    things = ("einen Gabelstapler", "die Buchhaltung", "Deutschstunden", "ein Zeugnis aus Syrien", "den Messestand",
              "eine Meisterin", "unsere Azubis", "den Gasthof")
    async with serving_bench(built_catalogue, tmp_path) as bench:
        watch.allowed.add(bench.url)
        await ask(bench, *(f"kriegt man wat für {thing} dazu" for thing in things))
        anna = await signed_in(open_context, bench, "anna", Role.EDITOR)
        await anna.goto("/posteingang")
        for number in range(len(things)):
            await expect(anna.get_by_role("heading", name=f"Offen: {len(things) - number}")).to_be_visible()
            key = list(keys)[number % len(keys)]
            await anna.keyboard.press(key)
            await expect(anna.get_by_text(keys[key]).first).to_be_visible()
        await expect(anna.get_by_text("Hier liegt nichts")).to_be_visible()
        await expect(anna.get_by_role("heading", name="Vorgemerkt: 4")).to_be_visible()


async def test_keys_can_be_switched_off(
    built_catalogue: Path, tmp_path: Path, open_context: OpenContext, watch: Watch
) -> None:
    async with serving_bench(built_catalogue, tmp_path) as bench:
        watch.allowed.add(bench.url)
        await ask(bench, PRINTER)
        anna = await signed_in(open_context, bench, "anna", Role.EDITOR)
        await anna.goto("/posteingang")
        hint = anna.locator(".key").first
        await expect(hint).to_be_visible()
        await anna.get_by_label("Satz, wie er aufgenommen wird").press("x")
        await anna.get_by_role("button", name="Tasten an").click()
        await expect(hint).to_be_hidden()
        await anna.keyboard.press("x")
        await anna.reload()
        await expect(anna.get_by_role("button", name="Tasten aus")).to_be_visible()
        await expect(anna.get_by_role("heading", name=f"„{PRINTER}“")).to_be_visible()


async def test_without_javascript(
    built_catalogue: Path, tmp_path: Path, open_context: OpenContext, watch: Watch
) -> None:
    async with serving_bench(built_catalogue, tmp_path) as bench:
        watch.allowed.add(bench.url)
        await ask(bench, PRINTER, HOUND)
        anna = await signed_in(open_context, bench, "anna", Role.EDITOR, java_script_enabled=False)
        await anna.goto("/posteingang")
        await expect(anna.locator(".key").first).to_be_hidden()
        await anna.get_by_label("Absicht: ein paar Buchstaben genügen").fill("foerderung_digitalisierung")
        await anna.get_by_role("button", name="Aufnehmen", exact=True).click()
        await anna.get_by_role("button", name="Aufgabe: Eintrag fehlt").click()
        await anna.get_by_role("link", name="Aufgaben").click()
        await expect(anna.get_by_role("row", name=re.compile("Hund"))).to_be_visible()
        await anna.get_by_role("link", name="Zum Posteingang").click()
        await anna.get_by_role("button", name="Zusammen vorschlagen").click()
        await expect(anna.get_by_role("heading", name="1 Satz aus dem Posteingang")).to_be_visible(timeout=CHECKED)
