"""Fixed texts: read with both variants, changed field by field, placeholders kept."""

from __future__ import annotations

import pytest

from bot.curation.edits import SetValue
from bot.curation.texts import FixedText, edits_of, placeholders
from bot.errors import NavigatorError

PATH = "nlu_data/responses/bot.yml"
TEXT = FixedText("utter_x", "X", PATH, ("Wir löschen nach {days} Tagen.", "Kurz."), 1, (), "f")


def test_only_what_differs_is_changed() -> None:
    edits = edits_of(TEXT, ["Nach {days} Tagen löschen wir.\n", "Kurz."])
    assert edits == [SetValue(path=TEXT.path, at=("responses", "utter_x", 0, "text"),
                              value="Nach {days} Tagen löschen wir.")]


@pytest.mark.parametrize(("wanted", "why"), [
    (["Wir löschen bald.", "Kurz."], "fehlt {days}"),
    (["Wir löschen nach {days} Tagen, {name}.", "Kurz."], "Geschweifte Klammern"),
    (["Wir löschen nach {days} Tagen }.", "Kurz."], "Geschweifte Klammern"),
    ([TEXT.variants[0], " "], "leer"),
    ([TEXT.variants[0], "x" * 3000], "zu lang"),
    (list(TEXT.variants), "nichts geändert"),
])
def test_what_cannot_be_said_is_refused(wanted: list[str], why: str) -> None:
    with pytest.raises(NavigatorError, match=why):
        edits_of(TEXT, wanted)


def test_what_the_bot_puts_in() -> None:
    assert placeholders("Nach {days} Tagen, {name}, nach {days}.") == ["{days}", "{name}"]
