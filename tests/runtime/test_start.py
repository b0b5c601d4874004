"""A model that is broken does not keep the service from starting."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.errors import NavigatorError
from bot.instance import load_instance
from bot.runtime import start
from bot.runtime.without_model import RuntimeWithoutModel
from bot.settings import load_settings


@pytest.mark.parametrize("error", [NavigatorError("Das Training ist gescheitert."), OSError("not a gzip file")])
def test_without_a_model_the_catalogue_is_searched(
    error: Exception, catalogue_engine: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(start, "prepare_database", lambda settings, say: catalogue_engine)
    monkeypatch.setattr(start, "_with_model", fail)
    said: list[str] = []
    settings = load_settings({})
    runtime = start.start_in_any_case(settings, load_instance(settings), said.append)
    assert isinstance(runtime, RuntimeWithoutModel)
    assert said and said[-1].startswith("[WARNUNG]") and "not a gzip" not in said[-1]


def test_a_chosen_model_that_is_broken_gives_way_to_that_of_today(
    catalogue_engine: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Loaded:
        async def warm_up(self, text: str) -> None:
            assert text

    def load(settings: object, instance: object, engine: object, model: Path) -> Loaded:
        if model.name == "broken.tar.gz":
            raise OSError("not a gzip file")
        return Loaded()

    settings = load_settings({})
    monkeypatch.setattr(start, "prepare_database", lambda settings, say: catalogue_engine)
    monkeypatch.setattr(start, "choose_model", lambda settings, engine, say: Path("broken.tar.gz"))
    monkeypatch.setattr(start, "train_if_needed", lambda settings, say: Path("today.tar.gz"))
    monkeypatch.setattr(start, "_load", load)
    assert isinstance(start.start_runtime(settings, load_instance(settings), lambda line: None), Loaded)
    monkeypatch.setattr(start, "train_if_needed", lambda settings, say: Path("broken.tar.gz"))
    with pytest.raises(OSError):
        start.start_runtime(settings, load_instance(settings), lambda line: None)
