from __future__ import annotations

from typing import Any

from bot.nlu.gates import by_names, by_scope, put_first

OFF_TOPIC = frozenset({"ausser_themen", "nachbarthema"})


def ranking(**chances: float) -> list[dict[str, Any]]:
    pairs = sorted(chances.items(), key=lambda pair: -pair[1])
    return [{"name": name, "confidence": chance} for name, chance in pairs]


def test_foreign_intents_count_together() -> None:
    guesses = ranking(danke=0.3, ausser_themen=0.2, nachbarthema=0.1)
    found = by_scope(guesses, OFF_TOPIC, share=0.25)
    assert found is not None
    assert found["name"] == "ausser_themen"
    assert put_first(guesses, found)[0]["name"] == "ausser_themen"


def test_a_little_strangeness_changes_nothing() -> None:
    assert by_scope(ranking(danke=0.6, ausser_themen=0.1), OFF_TOPIC, share=0.25) is None
    assert by_scope(ranking(danke=0.6), OFF_TOPIC, share=0.0) is None


def test_what_is_foreign_already_stays() -> None:
    assert by_scope(ranking(ausser_themen=0.6, danke=0.1), OFF_TOPIC, share=0.25) is None


def test_a_named_programme_is_not_a_search_for_programmes() -> None:
    entity = {"entity": "programme", "value": "mid-digitalisierung", "confidence_entity": 1.0}
    guesses = ranking(foerderung_ki=0.5, danke=0.2, programm_hoehe=0.1, foerdercheck=0.05)
    found = by_names("mid wie viel", [entity], guesses, {"foerderung_ki"})
    assert found is not None
    assert found["name"] == "programm_hoehe"
    assert by_names("wie viel", [], guesses, {"foerderung_ki"}) is None


def test_who_asks_for_a_contact_and_names_a_programme_asks_for_its_contact() -> None:
    entity = {"entity": "programme", "value": "mid-digitalisierung", "confidence_entity": 1.0}
    guesses = ranking(kontakt_finden=0.5, programm_ueberblick=0.2, programm_kontakt=0.1)
    found = by_names("wer berät zu mid in unna", [entity], guesses, {"kontakt_finden"})
    assert found == {"name": "programm_kontakt", "confidence": 0.5}


def test_a_question_about_the_own_case_may_name_a_programme() -> None:
    entity = {"entity": "programme", "value": "mid-digitalisierung"}
    found = by_names("kriegen wir mid", [entity], ranking(foerderung_ki=0.5, foerdercheck=0.3), {"foerderung_ki"})
    assert found is not None
    assert found["name"] == "foerdercheck"
