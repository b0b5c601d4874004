"""The instance file: complete profiles for two agencies, no invented facts, German errors that name every field."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import yaml

from bot.errors import NavigatorError
from bot.instance import OPEN, Weekday, load_instance
from bot.settings import REPOSITORY, load_settings
from knowledge_base.loader import load_catalogue
from knowledge_base.schema.contact import ReachKind

PROFILES = [REPOSITORY / "instance.yml", *sorted((REPOSITORY / "instances").glob("*.yml"))]


def load(file: Path):
    return load_instance(load_settings({"NAVIGATOR_INSTANCE": str(file)}))


def changed(tmp_path: Path, **changes: object) -> Path:
    data = {**yaml.safe_load(PROFILES[0].read_text(encoding="utf-8")), **changes}
    file = tmp_path / "instance.yml"
    file.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return file


def test_there_are_two_profiles() -> None:
    assert len(PROFILES) >= 2
    assert len({load(file).agency.name for file in PROFILES}) == len(PROFILES)


@pytest.mark.parametrize("file", PROFILES, ids=lambda file: file.stem)
def test_a_profile_agrees_with_the_catalogue(file: Path) -> None:
    instance, catalogue = load(file), load_catalogue(REPOSITORY / "knowledge_base" / "catalogue")

    contact = catalogue.contacts[instance.contact_id]

    assert instance.agency.phone in [reach.value for reach in contact.reach if reach.kind is ReachKind.TELEFON]
    assert instance.region in {region.id for region in catalogue.places.regions}
    assert contact.active


@pytest.mark.parametrize("file", PROFILES, ids=lambda file: file.stem)
def test_what_only_the_agency_knows_is_marked(file: Path) -> None:
    instance = load(file)

    assert "imprint.address" in instance.open_fields()
    assert instance.privacy.contact == OPEN


def test_filled_in_fields_are_no_longer_open(tmp_path: Path) -> None:
    privacy = {"controller": "A", "contact": "B", "data_protection_officer": "C", "legal_basis": "D", "hosting": "E",
               "supervisory_authority": "F"}

    assert not any(name.startswith("privacy") for name in load(changed(tmp_path, privacy=privacy)).open_fields())


def test_what_an_older_file_does_not_know_yet_is_open(tmp_path: Path) -> None:
    privacy = {"controller": "A", "contact": "B", "data_protection_officer": "C"}
    file = changed(tmp_path, privacy=privacy, accessibility={"known_barriers": ["Die Karte hat keinen Text."]})

    fields = load(file).open_fields()

    assert {"privacy.hosting", "privacy.legal_basis", "privacy.supervisory_authority"} <= set(fields)
    assert {"accessibility.status", "accessibility.enforcement_body"} <= set(fields)


def test_what_an_agency_does_not_have_is_not_open(tmp_path: Path) -> None:
    imprint = {**yaml.safe_load(PROFILES[0].read_text(encoding="utf-8"))["imprint"], "vat_id": None}

    assert "imprint.vat_id" not in load(changed(tmp_path, imprint=imprint)).open_fields()


def test_every_wrong_field_is_named(tmp_path: Path) -> None:
    agency = {"name": "A", "organisation": "B", "phone": "02331/48878 (Frau Muster)", "url": "agentur.example"}
    file = changed(tmp_path, agency=agency, channels=["fax"], farbe="rot")

    with pytest.raises(NavigatorError) as caught:
        load(file)

    for field in ("agency.phone", "agency.url", "channels[1]", "farbe"):
        assert field in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", [b"a: b: c", "name: Märkisch".encode("latin-1"), b"", b"- 1"])
def test_a_file_that_is_none_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "instance.yml"
    file.write_bytes(content)

    with pytest.raises(NavigatorError, match=r"instance\.yml"):
        load(file)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(NavigatorError, match="NAVIGATOR_INSTANCE"):
        load(tmp_path / "nirgends.yml")


@pytest.mark.parametrize("origin", ["https://www.example.org/", "http://www.example.org", "*", "https://A.example",
                                    "null"])
def test_only_origins_may_embed(tmp_path: Path, origin: str) -> None:
    with pytest.raises(NavigatorError, match="Herkunft"):
        load(changed(tmp_path, embed_origins=[origin]))
    assert load(changed(tmp_path, embed_origins=["https://www.example.org"])).embed_origins


@pytest.mark.parametrize("hours", [
    {"mo": ["9-12"]}, {"mo": ["12:00-09:00"]}, {"mo": ["25:00-26:00"]}, {"montag": ["09:00-12:00"]}, {"mo": "09:00"},
])  # fmt: skip
def test_hours_nobody_can_read_are_named(tmp_path: Path, hours: object) -> None:
    with pytest.raises(NavigatorError, match="hours"):
        load(changed(tmp_path, human_handoff={"hours": hours}))


def test_hours_are_read(tmp_path: Path) -> None:
    instance = load(changed(tmp_path, human_handoff={"hours": {"mo": ["9:00-12:30", "13:00 - 16:00"]}}))
    spans = ((dt.time(9), dt.time(12, 30)), (dt.time(13), dt.time(16)))
    assert instance.human_handoff.hours == {Weekday.MONDAY: spans}
