"""The bot as it is shipped: catalogue of the repository, trained model, its own empty database."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from actions import services
from bot.instance import Instance, load_instance
from bot.runtime.interface import Runtime
from bot.settings import REPOSITORY, Settings, load_settings
from knowledge_base import access
from knowledge_base.content import Catalogue
from knowledge_base.store import KnowledgeStore


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Settings of the repository with a database of this run; the trained model is kept for the next run."""
    folder = tmp_path_factory.mktemp("var")
    models = os.environ.get("NAVIGATOR_MODEL_DIR", str(REPOSITORY / "var" / "models"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NAVIGATOR_VAR_DIR", str(folder))
        patch.setenv("NAVIGATOR_MODEL_DIR", models)
        patch.delenv("DATABASE_URL", raising=False)
        access.store.cache_clear()
        yield load_settings()
    access.store.cache_clear()


@pytest.fixture(scope="session")
def instance(settings: Settings) -> Instance:
    """The shipped agency."""
    return load_instance(settings)


@pytest.fixture(scope="session")
def runtime(settings: Settings, instance: Instance) -> Iterator[Runtime]:
    """The embedded runtime with the trained model."""
    from bot.runtime.start import start_runtime

    loaded = start_runtime(settings, instance, lambda line: None)
    services.use(services.Services(access.store(), instance))
    yield loaded
    services.use(None)


@pytest.fixture(scope="session")
def catalogue(runtime: Runtime) -> Catalogue:
    """The catalogue that was built."""
    store: KnowledgeStore = access.store()
    return store.catalogue()
