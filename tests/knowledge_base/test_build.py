"""From the files to the tables and back, on both databases: nothing is lost, all or nothing, live at once."""

from __future__ import annotations

import dataclasses
import datetime as dt
import shutil
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.errors import NavigatorError
from knowledge_base import build as build_module
from knowledge_base import tables as t
from knowledge_base.build import build, build_from_files, content_hash
from knowledge_base.content import Catalogue
from knowledge_base.loader import load_catalogue
from knowledge_base.migrate import upgrade
from knowledge_base.problems import CatalogueError
from knowledge_base.store import POLL_SECONDS, KnowledgeStore
from tests.knowledge_base.broken import SAMPLE, TODAY

FIELDS = [field.name for field in dataclasses.fields(Catalogue) if field.name not in ("locators", "unreadable")]


class Clock:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def built(engine: sa.Engine) -> sa.Engine:
    upgrade(engine)
    build(engine, load_catalogue(SAMPLE), "first")
    return engine


@pytest.mark.parametrize("field", FIELDS)
def test_what_is_read_back_equals_what_was_built(built: sa.Engine, field: str) -> None:
    assert getattr(KnowledgeStore(built).catalogue(), field) == getattr(load_catalogue(SAMPLE), field)


def test_the_order_of_sources_and_places_is_kept(built: sa.Engine) -> None:
    catalogue = KnowledgeStore(built).catalogue()

    assert list(catalogue.programmes["kurszuschuss"].sources) == ["s1", "s2"]
    assert [kreis.id for kreis in catalogue.places.kreise] == ["hagen", "ennepe-ruhr-kreis"]


def test_columns_hold_what_one_searches_by(built: sa.Engine) -> None:
    with built.begin() as connection:
        row = connection.execute(sa.select(t.ProgrammeRow).where(t.ProgrammeRow.id == "kurszuschuss")).one()
        roles = connection.execute(
            sa.select(t.ProgrammeAudience.audience, t.ProgrammeAudience.role).where(
                t.ProgrammeAudience.programme_id == "kurszuschuss"
            )
        ).all()
        ambiguous = connection.scalars(
            sa.select(t.PlaceName.place_id).where(t.PlaceName.folded == "dahl", t.PlaceName.kind == "mehrdeutig")
        ).all()

    assert (row.status, row.valid_until, row.max_employees) == ("aktiv", dt.date(2027, 12, 31), 249)
    assert set(map(tuple, roles)) == {
        ("beschaeftigte", "zielgruppe"),
        ("unternehmen", "zielgruppe"),
        ("beschaeftigte", "antragsteller"),
    }
    assert sorted(ambiguous) == ["hagen", "witten"]


def test_a_build_replaces_the_one_before(built: sa.Engine) -> None:
    catalogue = load_catalogue(SAMPLE)
    fewer = dataclasses.replace(catalogue, programmes={"kurszuschuss": catalogue.programmes["kurszuschuss"]})

    assert build(built, fewer, "second") == 2

    assert list(KnowledgeStore(built).catalogue().programmes) == ["kurszuschuss"]
    with built.begin() as connection:
        assert connection.scalars(sa.select(t.KbBuild.number).where(t.KbBuild.active)).all() == [2]
        assert set(connection.scalars(sa.select(t.ProgrammeTopic.programme_id))) == {"kurszuschuss"}


def test_a_build_that_fails_leaves_everything_as_it_was(built: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(connection: sa.Connection, catalogue: Catalogue) -> None:
        raise RuntimeError("no index")

    monkeypatch.setattr(build_module.search, "reindex", fail)
    catalogue = dataclasses.replace(load_catalogue(SAMPLE), programmes={})

    with pytest.raises(RuntimeError):
        build(built, catalogue, "second")

    store = KnowledgeStore(built)
    assert (store.build_number(), len(store.catalogue().programmes)) == (1, 3)


def test_builders_at_the_same_time_get_different_numbers(built: sa.Engine) -> None:
    catalogue, numbers = load_catalogue(SAMPLE), []
    threads = [threading.Thread(target=lambda: numbers.append(build(built, catalogue, "same"))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(numbers) == [2, 3, 4]


def test_a_running_store_takes_over_a_new_build_within_a_second(built: sa.Engine) -> None:
    clock = Clock()
    store = KnowledgeStore(built, clock)
    assert store.build_number() == 1
    before = store.catalogue()
    build(built, dataclasses.replace(before, contacts={}), "second")

    assert store.build_number() == 1
    clock.now += POLL_SECONDS
    assert store.build_number() == 2
    assert store.contact("jobcenter-hagen") is None
    assert "jobcenter-hagen" in before.contacts


def test_records_and_what_is_derived_from_them_are_made_once_per_build(built: sa.Engine) -> None:
    clock, calls = Clock(), []
    store = KnowledgeStore(built, clock)

    def names(catalogue: Catalogue) -> list[str]:
        calls.append(1)
        return list(catalogue.programmes)

    first = store.programme("kurszuschuss")
    store.derived(names)
    clock.now += POLL_SECONDS
    assert store.programme("kurszuschuss") is first
    assert store.derived(names) == ["alter-kurszuschuss", "gruendungsdarlehen", "kurszuschuss"]
    assert len(calls) == 1
    build(built, store.catalogue(), "second")
    clock.now += POLL_SECONDS
    store.derived(names)
    assert len(calls) == 2


def test_a_store_outlives_a_database_that_is_away(built: sa.Engine) -> None:
    clock = Clock()
    store = KnowledgeStore(built, clock)
    store.catalogue()
    with built.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE kb_build RENAME TO kb_away")
    clock.now += POLL_SECONDS

    assert store.build_number() == 1
    with built.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE kb_away RENAME TO kb_build")


def test_a_store_without_tables_or_without_build_says_what_to_do(engine: sa.Engine) -> None:
    with pytest.raises(NavigatorError, match="db upgrade"):
        KnowledgeStore(engine).catalogue()
    upgrade(engine)
    with pytest.raises(NavigatorError, match="kb build"):
        KnowledgeStore(engine).catalogue()


def test_files_are_built_only_if_they_changed(engine: sa.Engine, tmp_path: Path) -> None:
    upgrade(engine)
    directory = tmp_path / "catalogue"
    shutil.copytree(SAMPLE, directory)

    assert build_from_files(engine, directory, TODAY) == 1
    assert build_from_files(engine, directory, TODAY) is None
    assert build_from_files(engine, directory, TODAY, force=True) == 2
    (directory / "contacts" / "jobcenter-hagen.yml").write_text("id: jobcenter-hagen\n", encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        build_from_files(engine, directory, TODAY)
    assert {problem.path for problem in caught.value.problems} == {"contacts/jobcenter-hagen.yml"}
    assert KnowledgeStore(engine).build_number() == 2


def test_the_hash_follows_names_and_contents(tmp_path: Path) -> None:
    directory = tmp_path / "catalogue"
    shutil.copytree(SAMPLE, directory)
    first = content_hash(directory)
    assert content_hash(SAMPLE) == first

    file = directory / "networks.yml"
    file.write_text(file.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    second = content_hash(directory)
    file.rename(directory / "netzwerke.yml")
    assert len({first, second, content_hash(directory)}) == 3
