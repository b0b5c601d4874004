"""How a fixed text looks on each way to the bot."""

from __future__ import annotations

from telegram.constants import MessageLimit

from bot.instance import ChannelName
from bot.workbench.text_preview import previews
from channels.telegram.limits import LIMITS as TELEGRAM

TITLES = ["Meine Weiterbildung", "Mit einem Menschen sprechen"]


def test_every_channel_has_a_preview_with_its_next_steps() -> None:
    shown = {each.title: each for each in previews("Guten Tag!", TITLES)}
    assert list(shown) == ["Internetseite", "Matrix", "Telegram", "WhatsApp"] and len(shown) == len(ChannelName)
    for name in ("Internetseite", "Telegram", "WhatsApp"):
        (message,) = shown[name].messages
        assert (message.text, list(message.buttons)) == ("Guten Tag!", TITLES)
    (numbered,) = shown["Matrix"].messages
    assert "1 – Meine Weiterbildung" in numbered.text and not numbered.buttons


def test_an_empty_text_has_none() -> None:
    assert previews(" \n", TITLES) == []


def test_a_long_text_goes_on_behind_an_option() -> None:
    text = "\n\n".join(["Das ist ein Absatz mit einigen Wörtern darin, wie man sie schreibt."] * 17)
    shown = {each.title: each for each in previews(text, TITLES)}
    assert "zu lang" in shown["WhatsApp"].remark and "zu lang" not in shown["Telegram"].remark
    assert "Mehr lesen" in shown["WhatsApp"].messages[-1].buttons
    assert shown["Internetseite"].messages[0].text == text


def test_the_limit_is_that_of_the_service() -> None:
    assert TELEGRAM.text * 2 == MessageLimit.MAX_TEXT_LENGTH
