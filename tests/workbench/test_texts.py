"""A fixed text goes from the form to the second person, and stands in the file."""

from __future__ import annotations

import html
import re
import shutil
from pathlib import Path

import pytest
import yaml
from aiohttp import web

from bot.records.rights import Role
from bot.settings import REPOSITORY
from tests.curation.content import make_content
from tests.workbench.browsing import Seen
from tests.workbench.conftest import SignIn
from tests.workbench.test_proposals import app as app  # the workbench on a content of its own

DANKE = "/texte/utter_danke"
FILE = Path("nlu_data") / "responses" / "gespraech.yml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small catalogue with the training data and texts of the repository."""
    made = make_content(tmp_path / "inhalt")
    for folder in ("nlu_data", "tests/nlu"):
        shutil.copytree(REPOSITORY / folder, made / folder)
    shutil.copy(REPOSITORY / "domain.yml", made)
    return made


def fields_of(seen: Seen) -> dict[str, str]:
    """Return what the form would send."""
    areas = dict(re.findall(r'name="(text\d)"[^>]*>\n(.*?)</textarea>', seen.html, re.DOTALL))
    (fingerprint,) = re.findall(r'name="gesehen" value="([^"]*)"', seen.html)
    return {**{name: html.unescape(text) for name, text in areas.items()}, "gesehen": fingerprint}


async def test_a_text_is_proposed_and_released(staff: SignIn, root: Path, app: web.Application) -> None:
    anna, berta = await staff(Role.EDITOR), await staff(Role.RELEASER, name="berta")
    assert "Dank" in (await anna.get("/texte")).text
    form = fields_of(await anna.get(DANKE))
    assert len(form) == 3
    sent = await anna.post(DANKE, {**form, "text0": "Sehr gern! Kann ich noch etwas tun?", "grund": "Kürzer"})
    assert sent.status == 303, sent.text
    shown = await berta.get(sent.location)
    assert "Sehr gern! Kann ich noch etwas tun?" in shown.text
    as_seen = dict(re.findall(r'name="(gesehen)" value="([^"]*)"', shown.html))
    released = await berta.post(f"{sent.location}/freigeben", as_seen)
    assert released.status == 303, released.text
    texts = yaml.safe_load((root / FILE).read_text(encoding="utf-8"))["responses"]["utter_danke"]
    assert [each["text"] for each in texts] == ["Sehr gern! Kann ich noch etwas tun?", form["text1"]]


@pytest.mark.parametrize(("changes", "problem"), [
    ({"grund": "nichts"}, "nichts geändert"), ({"text0": "", "grund": "x"}, "leer"),
    ({"text0": "Gern!"}, "warum sich der Text ändert"),
    ({"text0": "Sie bekommen 500 Euro.", "grund": "x"}, "enthält eine Zahl"),
    ({"text0": "Gern, {name}!", "grund": "x"}, "Geschweifte Klammern"),
])
async def test_what_is_wrong_is_said_and_what_was_written_stays(
    staff: SignIn, changes: dict[str, str], problem: str
) -> None:
    anna = await staff(Role.EDITOR)
    form = {**fields_of(await anna.get(DANKE)), **changes}
    seen = await anna.post(DANKE, form)
    assert seen.status == 422 and problem in seen.text
    assert fields_of(seen)["text0"] == form["text0"]


async def test_who_only_reads_changes_nothing(staff: SignIn) -> None:
    carl = await staff(Role.READER, name="carl")
    seen = await carl.get(DANKE)
    assert "Zur Freigabe geben" not in seen.text
    assert (await carl.post(DANKE, fields_of(seen))).status == 403
