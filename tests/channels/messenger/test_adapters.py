"""A messenger is on only if the instance file lists it and its secrets are set."""

from __future__ import annotations

import subprocess
import sys

import pytest
import sqlalchemy as sa

from bot.errors import NavigatorError
from bot.instance import MESSENGERS, ChannelName, Instance, load_instance
from bot.settings import REPOSITORY, load_settings
from channels.messenger.adapters import create_adapters


def with_channels(*channels: ChannelName) -> Instance:
    return load_instance(load_settings({})).model_copy(update={"channels": channels})


def test_the_shipped_agency_has_no_messenger(memory_engine: sa.Engine) -> None:
    settings = load_settings({})
    assert create_adapters(settings, load_instance(settings), memory_engine) == []


@pytest.mark.parametrize("channel", sorted(MESSENGERS))
def test_without_secrets_one_sentence_says_what_to_set(channel: ChannelName, memory_engine: sa.Engine) -> None:
    with pytest.raises(NavigatorError, match=f"NAVIGATOR_{channel.name}_"):
        create_adapters(load_settings({}), with_channels(ChannelName.WEB, channel), memory_engine)


def test_with_its_secrets_it_is_on(memory_engine: sa.Engine) -> None:
    settings = load_settings({"NAVIGATOR_TELEGRAM_TOKEN": "123456:geheim-genug-fuer-einen-test-000000"})
    [adapter] = create_adapters(settings, with_channels(ChannelName.TELEGRAM), memory_engine)
    assert adapter.name == "telegram"


def test_no_code_of_a_messenger_is_loaded_that_is_off() -> None:
    code = ("import sys, channels.messenger.adapters, channels.messenger.service, channels.messenger.office; "
            "print([name for name in sys.modules if name.split('.')[0] in ('nio', 'telegram', 'pywa')])")
    done = subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
