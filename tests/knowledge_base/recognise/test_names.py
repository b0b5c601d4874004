"""Names of programmes in the words of users."""

import pytest

from knowledge_base.recognise.names import NameRecogniser

NAMES = [
    ("Bildungsscheck 2.0", "bildungsscheck-2-0"),
    ("Bildungsscheck", "bildungsscheck-2-0"),
    ("alter Bildungsscheck", "alt"),
    ("Anerkennungszuschuss", "anerkennungszuschuss"),
    ("§ 82 SGB III", "paragraf-82"),
    ("BAB", "bab"),
    ("STARK", "stark"),
    ("Umschulung", "umschulung"),
    ("Digitalkredit KfW", "kfw"),
    ("Aufstiegsstipendium", "stipendium"),
    ("Beschleunigtes Fachkräfteverfahren", "verfahren"),
]


@pytest.fixture(scope="module")
def names() -> NameRecogniser:
    return NameRecogniser("programme", NAMES, is_word="umschulung".__eq__)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("was ist der bildungsscheck 2.0", ["bildungsscheck-2-0"]),
        ("gibt es Bildungsschecks noch", ["bildungsscheck-2-0"]),
        ("mein alter bildungsscheck", ["alt"]),
        ("Bildungschek", ["bildungsscheck-2-0"]),
        ("anerkenungszuschuß wieviel", ["anerkennungszuschuss"]),
        ("geld nach § 82", ["paragraf-82"]),
        ("paragraf 82 bitte", ["paragraf-82"]),
        ("bab eigene wohnung", ["bab"]),
        ("das ist stark", []),
        ("STARK-Programm", ["stark"]),
        ("keinen bildungsscheck, sondern BAB", ["bab"]),
        ("was gibt es statt Bildungsscheck", ["bildungsscheck-2-0"]),
        ("lieber BAB statt Bildungsscheck", ["bab"]),
        ("Bildung ist wichtig", []),
        ("für den Digitalkredit der KfW", ["kfw"]),
        ("aufstiegs stipendium", ["stipendium"]),
        ("wer ist für das beschleunigte Fachkräfteverfahren zuständig", ["verfahren"]),
        ("Geld nach 82 SGB III", ["paragraf-82"]),
        ("82 Leute", []),
    ],
)
def test_names_lead_to_ids(names: NameRecogniser, text: str, expected: list[str]) -> None:
    assert [m.value for m in names.find(text)] == expected


def test_ordinary_vocabulary_is_a_weak_name(names: NameRecogniser) -> None:
    assert names.find("ich suche eine umschulung")[0].confidence == 0.5
