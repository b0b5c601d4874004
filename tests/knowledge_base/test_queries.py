from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge_base import queries
from knowledge_base.build import build
from knowledge_base.content import Catalogue
from knowledge_base.loader import load_catalogue
from knowledge_base.profile import Profile
from knowledge_base.recognise.recogniser import Recogniser
from knowledge_base.schema.misc import ConfusableName, Term
from knowledge_base.schema.programme import Programme
from knowledge_base.store import POLL_SECONDS, KnowledgeStore
from tests.knowledge_base.small import TODAY, catalogue, contact, event, programme, store_of

EMPLOYEE = Profile(audience="beschaeftigte", place="hagen", topics=("qualifizierung",))
FIRM = Profile(audience="unternehmen", place="hagen")
COURSE = {"purposes": ["weiterbildung"]}


def ids(store: KnowledgeStore, profile: Profile, text: str = "", limit: int = 10, **options: Any) -> list[str]:
    found = queries.find_programmes(store, profile, text, TODAY, limit, **options)
    return [hit.programme.id for hit in found.hits]


def shelf(*programmes: Programme) -> KnowledgeStore:
    return store_of(catalogue(list(programmes)))


def test_found_by_text_by_purpose_by_topic_and_by_audience() -> None:
    store = shelf(programme("mit-worten", topics=["ki"], search_phrases=["roboter für die backstube"]),
                  programme("mit-vorhaben", topics=["ki"], purposes=["hardware"]),
                  programme("mit-thema", topics=["gruendung"]))
    nobody = Profile()
    assert ids(store, nobody, "ein roboter wäre toll") == ["mit-worten"]
    assert ids(store, replace(nobody, purposes=("hardware",))) == ["mit-vorhaben"]
    assert ids(store, replace(nobody, topics=("gruendung",))) == ["mit-thema"]
    assert len(ids(store, replace(nobody, audience="beschaeftigte"))) == 3
    assert ids(store, nobody, "quantenphysik") == []


def test_what_ended_is_never_a_hit_but_said_to_be_excluded() -> None:
    store = shelf(programme("offen", **COURSE), programme("vorbei", status="ausgelaufen", **COURSE),
                  programme("gestern", valid_until=TODAY - dt.timedelta(1), **COURSE))
    found = queries.find_programmes(store, EMPLOYEE, "kurs", TODAY, 10)
    assert [hit.programme.id for hit in found.hits] == ["offen"]
    assert {hit.programme.id for hit in found.excluded} == {"vorbei", "gestern"}
    before = queries.find_programmes(store, EMPLOYEE, "kurs", dt.date(2026, 11, 1))
    assert [hit.programme.id for hit in before.hits] == ["gestern", "offen"]


def test_what_is_asked_for_by_name_comes_first_in_any_state() -> None:
    store = shelf(programme("offen", **COURSE), programme("vorbei", status="ausgelaufen", **COURSE))
    assert ids(store, EMPLOYEE, "kurs", named=["vorbei", "gibt-es-nicht"]) == ["vorbei", "offen"]
    assert ids(store, EMPLOYEE, "kurs", named=["vorbei"], limit=1) == ["vorbei"]


def test_for_others_and_elsewhere_is_no_hit() -> None:
    store = shelf(programme("hier", area=["hagen"]), programme("dort", area=["bochum"]),
                  programme("firmen", audiences=["unternehmen"]), programme("jung", conditions=[
                      {"text": "Unter 25.", "rules": [{"fact": "age", "op": "lt", "value": 25}]}]))
    profile = replace(EMPLOYEE, facts={"age": 40})
    assert ids(store, profile) == ["hier"]
    excluded = queries.find_programmes(store, profile, "", TODAY).excluded
    assert [hit.programme.id for hit in excluded] == ["jung"]


def test_a_part_of_a_kreis_keeps_it_open() -> None:
    store = shelf(programme("nur-witten", area=["witten"]))
    kreis = replace(EMPLOYEE, place="ennepe-ruhr-kreis")
    assert queries.find_programmes(store, kreis, "", TODAY).hits[0].verdict.result == "offen"


def test_every_hit_has_a_verdict_and_reasons() -> None:
    store = shelf(programme("kurspass", search_phrases=["abendkurs bezahlen"], **COURSE))
    profile = replace(EMPLOYEE, purposes=("weiterbildung",))
    hit = queries.find_programmes(store, profile, "wer zahlt meinen abendkurs", TODAY).hits[0]
    assert hit.verdict.result == "passt"
    assert any("abendkurs" in reason for reason in hit.reasons)
    assert any("Weiterbildung" in reason for reason in hit.reasons)
    assert any("Kurs" in reason for reason in hit.reasons)


@pytest.mark.parametrize(("better", "worse", "profile", "options"), [
    ({"purposes": ["weiterbildung"]}, {"purposes": ["studium"]}, replace(EMPLOYEE, purposes=("weiterbildung",)), {}),
    ({"topics": ["ki"]}, {"topics": ["qualifizierung"]}, replace(EMPLOYEE, topics=("ki", "qualifizierung")), {}),
    ({"area": ["hagen"]}, {"area": ["deutschland"]}, EMPLOYEE, {}),
    ({"status": "aktiv"}, {"status": "losverfahren"}, EMPLOYEE, {}),
    ({"status": "losverfahren"}, {"status": "unklar"}, EMPLOYEE, {}),
    ({"status": "unklar"}, {"status": "pausiert"}, EMPLOYEE, {}),
    ({"audiences": ["beschaeftigte"]}, {"audiences": ["zugewanderte"]}, EMPLOYEE, {}),
    ({"audiences": ["beschaeftigte"]}, {"audiences": ["beschaeftigte"], "applicants": ["unternehmen"]}, EMPLOYEE, {}),
    ({"kind": "zuschuss"}, {"kind": "darlehen"}, EMPLOYEE, {}),
    ({"kind": "zuschuss"}, {"kind": "beratung"}, EMPLOYEE, {"want": queries.MONEY}),
    ({"kind": "beratung"}, {"kind": "zuschuss"}, EMPLOYEE, {"want": queries.ADVICE}),
    ({"kind": "beratung"}, {"kind": "netzwerk"}, EMPLOYEE, {}),
    ({"purposes": ["weiterbildung"]}, {"purposes": ["weiterbildung", "behinderung_teilhabe"]}, EMPLOYEE, {}),
    ({"area": ["nrw"]}, {"area": ["hagen"]}, replace(EMPLOYEE, place=None), {}),
])
def test_order(better: dict[str, Any], worse: dict[str, Any], profile: Profile, options: dict[str, Any]) -> None:
    """The better one has the later id, so that it does not win by the order of ids."""
    store = shelf(programme("z", **better), programme("a", **worse))
    assert ids(store, profile, **options)[0] == "z"


def test_a_situation_that_was_named_is_no_disadvantage() -> None:
    store = shelf(programme("a", purposes=["weiterbildung"]),
                  programme("z", purposes=["weiterbildung", "behinderung_teilhabe"]))
    disabled = replace(EMPLOYEE, facts={"disability": True})
    scores = {hit.programme.id: hit.score for hit in queries.find_programmes(store, disabled, "", TODAY).hits}
    assert scores["a"] == scores["z"]


def test_without_a_place_the_region_of_the_agency_goes_first() -> None:
    store = shelf(programme("a-anderswo", area=["herne"], **COURSE), programme("b-daheim", area=["hagen"], **COURSE))
    asker = Profile(audience="beschaeftigte", purposes=("weiterbildung",))
    assert ids(store, replace(asker, home="hagen")) == ["b-daheim", "a-anderswo"]
    assert ids(store, replace(asker, home="herne")) == ["a-anderswo", "b-daheim"]


def test_equal_programmes_come_by_id_every_time() -> None:
    store = shelf(*(programme(f"gleich-{n}") for n in (3, 1, 2)))
    assert ids(store, EMPLOYEE) == ids(store, EMPLOYEE) == ["gleich-1", "gleich-2", "gleich-3"]


def test_more_counts_what_was_not_shown() -> None:
    store = shelf(*(programme(f"gleich-{n}") for n in range(8)), programme("alt", status="ausgelaufen"))
    found = queries.find_programmes(store, EMPLOYEE, "", TODAY, 3)
    assert (len(found.hits), found.more) == (3, 5)
    assert queries.find_programmes(store, EMPLOYEE, "", TODAY, 10).more == 0


def test_weak_matches_are_no_further_hits() -> None:
    strong = programme("stark-gefunden", search_phrases=["firewall kaufen"], purposes=["it_sicherheit"])
    weak = programme("schwach", topics=["qualifizierung", "ki"], audiences=["zugewanderte"], status="unklar",
                     purposes=["studium"])
    profile = Profile(topics=("ki",), audience="beschaeftigte", purposes=("it_sicherheit",))
    assert ids(shelf(strong, weak), profile, "firewall kaufen") == ["stark-gefunden"]


def test_a_duty_answers_only_who_asks_for_it() -> None:
    duty = programme("meldepflicht", kind="pflicht", topics=["it-sicherheit"], audiences=["unternehmen"],
                     search_phrases=["angriff melden"])
    grant = programme("zuschuss", topics=["it-sicherheit"], audiences=["unternehmen"],
                      search_phrases=["firewall gegen angriff"])
    store, profile = shelf(duty, grant), replace(FIRM, topics=("it-sicherheit",))
    assert ids(store, profile, "firewall gegen den nächsten angriff") == ["zuschuss"]
    assert ids(store, profile, "müssen wir einen angriff melden")[0] == "meldepflicht"


def test_a_new_build_is_seen() -> None:
    now = [0.0]
    first = shelf(programme("alt"))
    store = KnowledgeStore(first.engine, clock=lambda: now[0])
    assert ids(store, EMPLOYEE) == ["alt"]
    build(store.engine, catalogue([programme("neu"), programme("alt")]), "other")
    now[0] += POLL_SECONDS + 0.1
    assert ids(store, EMPLOYEE) == ["alt", "neu"]


# --- contacts ---------------------------------------------------------------------------------------------------

OFFICES = [
    contact("regionalagentur-sued", kind="regionalagentur", area=["sued"], topics=["qualifizierung"],
            audiences=["unternehmen", "beschaeftigte"]),
    contact("regionalagentur-mitte", kind="regionalagentur", area=["mitte"], topics=["qualifizierung"],
            audiences=["unternehmen", "beschaeftigte"]),
    contact("ihk-sued", kind="ihk", area=["hagen", "ennepe-ruhr-kreis"], audiences=["unternehmen"]),
    contact("ihk-mitte", kind="ihk", area=["mitte"], audiences=["unternehmen"]),
    contact("arbeitsagentur-hotline", kind="agentur-fuer-arbeit", area=["deutschland"],
            audiences=["arbeitsuchende", "beschaeftigte"]),
    contact("beratung-hagen", kind="weiterbildungsberatung", area=["hagen"], topics=["qualifizierung"],
            audiences=["beschaeftigte"], search_phrases=["welcher kurs passt zu mir"]),
    contact("beratung-nrw", kind="weiterbildungsberatung", area=["nrw"], topics=["qualifizierung"],
            audiences=["beschaeftigte"]),
    contact("seelsorge", kind="krisenhilfe", area=["deutschland"], audiences=["beschaeftigte", "unternehmen"],
            search_phrases=["alles hoffnungslos"]),
    contact("geschlossen", kind="ihk", area=["hagen"], audiences=["unternehmen"], active=False),
]


@pytest.fixture(scope="module")
def offices() -> KnowledgeStore:
    return store_of(catalogue([], OFFICES))


def who(store: KnowledgeStore, **asked: Any) -> list[str]:
    return [hit.contact.id if hit.contact else hit.name for hit in queries.find_contacts(store, limit=9, **asked)]


@pytest.mark.parametrize(("place", "agency", "ihk"), [
    ("hagen", "regionalagentur-sued", "ihk-sued"), ("schwelm", "regionalagentur-sued", "ihk-sued"),
    ("witten", "regionalagentur-mitte", "ihk-mitte"), ("bochum", "regionalagentur-mitte", "ihk-mitte"),
])
def test_responsibility_comes_from_the_gemeinde(offices: KnowledgeStore, place: str, agency: str, ihk: str) -> None:
    assert who(offices, place=place, topics=["qualifizierung"], audience="unternehmen")[0] == agency
    assert who(offices, place=place, kinds=["ihk"]) == [ihk]
    found = who(offices, place=place, audience="unternehmen")
    assert not {"regionalagentur-sued", "regionalagentur-mitte", "ihk-mitte"} - {agency, ihk} & set(found)


def test_a_split_kreis_says_where_it_does_not_hold(offices: KnowledgeStore) -> None:
    hit = queries.find_contacts(offices, place="ennepe-ruhr-kreis", kinds=["ihk"])[0]
    assert hit.contact is not None and hit.contact.id == "ihk-sued"
    assert any("Witten" in reason and "Hattingen" in reason for reason in hit.reasons)


def test_topic_audience_and_words_choose_the_specialist(offices: KnowledgeStore) -> None:
    asked = {"place": "hagen", "topics": ["qualifizierung"], "audience": "beschaeftigte"}
    assert who(offices, **asked, text="welcher kurs passt zu mir")[0] == "beratung-hagen"
    order = who(offices, **asked)
    assert order.index("beratung-hagen") < order.index("beratung-nrw")


def test_a_body_without_a_record_is_named_with_the_hotline(offices: KnowledgeStore) -> None:
    found = queries.find_contacts(offices, place="hagen", kinds=["jobcenter"])
    assert [(hit.contact and hit.contact.id, hit.name) for hit in found] == [
        (None, "Jobcenter EN"), ("arbeitsagentur-hotline", "Arbeitsagentur Hotline")]
    assert "Hagen" in found[0].reasons[0]


def test_closed_offices_and_help_lines_nobody_asked_for_stay_out(offices: KnowledgeStore) -> None:
    assert "geschlossen" not in who(offices, place="hagen", kinds=["ihk"])
    assert "seelsorge" not in who(offices, place="hagen", audience="beschaeftigte")
    assert who(offices, text="es ist alles so hoffnungslos") == ["seelsorge"]
    assert "seelsorge" in who(offices, place="hagen", kinds=["krisenhilfe"])


def test_without_a_place_nobody_local_is_guessed(offices: KnowledgeStore) -> None:
    found = who(offices, topics=["qualifizierung"], audience="beschaeftigte")
    assert found[0] == "beratung-nrw"


@pytest.mark.parametrize(("changes", "place", "expected"), [
    ({"contact_ids": ["beratung-nrw"]}, "hagen", "beratung-nrw"),
    ({"contact_ids": ["beratung-hagen"]}, "bochum", "regionalagentur-mitte"),
    ({"contact_kinds": ["ihk"]}, "witten", "ihk-mitte"), ({"contact_kinds": ["jobcenter"]}, "hagen", "Jobcenter EN"),
    ({"contact_kinds": ["weiterbildungsberatung"]}, "hagen", "beratung-hagen"),
    ({"contact_ids": ["beratung-nrw"], "contact_kinds": ["weiterbildungsberatung"]}, "hagen", "beratung-hagen"),
    ({"contact_ids": ["beratung-nrw"], "contact_kinds": ["ihk"]}, "hagen", "beratung-nrw"),
    ({"contact_kinds": ["hwk"]}, "hagen", "regionalagentur-sued"), ({}, "schwelm", "regionalagentur-sued"),
    ({}, None, "regionalagentur-mitte"), ({"contact_kinds": ["ihk"]}, None, "regionalagentur-mitte"),
])
def test_every_programme_has_a_person(offices: KnowledgeStore, changes: dict[str, Any], place: str | None,
                                      expected: str) -> None:
    hits = queries.contact_for(offices, programme(**changes), place, fallback="regionalagentur-mitte")
    assert [hit.contact.id if hit.contact else hit.name for hit in hits] == [expected]


# --- events, terms, names ---------------------------------------------------------------------------------------


def test_events_ahead_by_date_then_recurring_ones() -> None:
    store = store_of(catalogue(events=[
        event("vorbei", date=TODAY - dt.timedelta(1)), event("heute", date=TODAY),
        event("laeuft", date=TODAY - dt.timedelta(3), end_date=TODAY + dt.timedelta(1)),
        event("immer", recurring="laufend"), event("irgendwann", when_text="Herbst 2025"),
        event("bochum", date=TODAY, area=["bochum"]), event("kurse", date=TODAY, topics=["qualifizierung"])]))

    def found(**asked: Any) -> list[str]:
        return [one.id for one in queries.find_events(store, TODAY, **asked)]

    assert found(place="hagen", topics=["ki"]) == ["laeuft", "heute", "immer"]
    assert "bochum" in found() and "bochum" not in found(place="hagen")
    assert {"vorbei", "irgendwann"} & set(found()) == set()


def test_terms_and_confusable_names() -> None:
    terms = [Term.model_validate({"id": term.lower(), "term": term, "aliases": aliases, "plain": "x",
                                  "text": {"text": "Erklärung."}})
             for term, aliases in (("Zuschuss", []), ("Tilgungszuschuss", ["Teilschulderlass"]), ("AZAV", []))]
    wrong = ConfusableName.model_validate({"name": "Digitalbonus NRW", "aliases": ["Digitalbonus"],
                                           "text": {"text": "Gibt es nicht."}, "leads_to": ["kurszuschuss"]})
    store = store_of(catalogue([programme()], terms=terms, confusable=(wrong,)))
    meant = [(term.id if term else None) for term in (queries.find_term(store, text) for text in (
        "Was ist ein Tilgungszuschuss?", "was heißt teilschulderlass", "azav?", "hallo", "mazavi",
        "gibt es Zuschüsse"))]
    assert meant == ["tilgungszuschuss", "tilgungszuschuss", "azav", None, None, "zuschuss"]
    assert queries.find_confusable(store, "kriege ich den digitalbonus nrw") == wrong
    assert queries.find_confusable(store, "kriege ich den bonus") is None


# --- the real catalogue -----------------------------------------------------------------------------------------

RANKING = yaml.safe_load((Path(__file__).parent / "ranking.yml").read_text())
FIRST_THREE_AT_LEAST = 0.85


@pytest.fixture(scope="module")
def real() -> Catalogue:
    return load_catalogue(Path(__file__).parents[2] / "knowledge_base" / "catalogue")


def test_everyday_questions_lead_to_a_fitting_programme(real: Catalogue) -> None:
    assert len(RANKING) >= 40
    store, recogniser = store_of(real), Recogniser(real)
    missed = []
    for case in RANKING:
        found = ids(store, profile_of(recogniser, case["text"]), case["text"], limit=3)
        wanted = case.get("any") or [case["first"]]
        hit = found[:1] == wanted if "first" in case else bool(set(found) & set(wanted))
        if not hit:
            missed.append((case["text"], found))
    assert len(missed) <= (1 - FIRST_THREE_AT_LEAST) * len(RANKING), missed


def profile_of(recogniser: Recogniser, text: str) -> Profile:
    known: dict[str, list[Any]] = {}
    for mention in recogniser.find(text):
        known.setdefault(mention.entity, []).append(mention.value)
    facts = {name: known[name][0] for name in ("employees", "age") if name in known}
    audience, place = (next(iter(known.get(entity, ())), None) for entity in ("audience", "place"))
    return Profile(topics=tuple(dict.fromkeys(known.get("topic", ()))), audience=audience, place=place,
                   purposes=tuple(dict.fromkeys(known.get("purpose", ()))), facts=facts)


def test_nothing_ended_or_elsewhere_is_ever_a_hit(real: Catalogue) -> None:
    store = store_of(real)
    directory = queries.directory(store)
    for case in RANKING:
        for place in ("hagen", "aachen", "witten", None):
            for hit in queries.find_programmes(store, Profile(place=place), case["text"], TODAY, 10).hits:
                assert hit.verdict.result != "passt_nicht"
                assert place is None or directory.covers(hit.programme.area, place) is True
