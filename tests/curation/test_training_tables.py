"""Sentences go into a table and come back; a table says what it changes before it does."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.curation import training_tables
from bot.curation.checks import check_nlu_data
from bot.curation.corpus import Corpus, Place
from bot.curation.edits import AddItem
from bot.curation.training_edits import added
from bot.curation.training_tables import MOST_BYTES, Row, as_csv, as_xlsx, changes, edits_of, read_table
from bot.errors import NavigatorError
from tests.curation.training_content import HELD_OUT, TRAINING, corpus_of, make_training_content, write

FORMULAS = ["=1+1", "+49 ist eine Vorwahl", "-5 Grad", "@home", "'zitiert'"]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_training_content(tmp_path)


@pytest.fixture
def corpus(root: Path) -> Corpus:
    return write(root, added(corpus_of(root), "wetter_fragen", FORMULAS, measures=False))


@pytest.mark.parametrize(("make", "name"), [(as_csv, "a.csv"), (as_xlsx, "A.XLSX")])
def test_what_was_saved_changes_nothing(
    corpus: Corpus, make: Callable[[Corpus, list[str]], bytes], name: str
) -> None:
    rows = read_table(make(corpus, list(corpus.data.registry)), name, corpus)
    assert len(rows) == 3 * 60 + len(FORMULAS)
    assert {row.text for row in rows} >= {*FORMULAS, *TRAINING["ort_finden"], *HELD_OUT["ort_finden"]}
    assert changes(corpus, rows, whole=True).number == 0


def test_no_cell_is_a_formula(corpus: Corpus) -> None:
    lines = as_csv(corpus, ["wetter_fragen"]).decode("utf-8-sig").splitlines()
    assert all(line.rpartition(";")[2][:1] not in "=+-@" for line in lines)
    sheet = load_workbook(io.BytesIO(as_xlsx(corpus, ["wetter_fragen"]))).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert len(cells) > 200 and all(cell.data_type == "s" and cell.value[:1] not in "=+-@" for cell in cells)


def table(*lines: str) -> bytes:
    return "\n".join(["absicht;wozu;satz", *lines]).encode()


def test_a_table_says_what_it_changes(root: Path, corpus: Corpus) -> None:
    moving = TRAINING["ort_finden"][0]
    staying = [f"kurs_zahlen;training;{text}" for text in TRAINING["kurs_zahlen"][1:]]
    changed = ["kurs_zahlen;;Ganz neu", f"kurs_zahlen;training;{moving}", "kurs_zahlen;messen;Zum Messen",
               "kurs_zahlen;training;anna@example.org"]
    rows = read_table(table(*changed, *staying), "x.csv", corpus)
    found = changes(corpus, rows, whole=True)
    assert [row.text for row in found.added] == ["Ganz neu", "Zum Messen"]
    assert [(each.sentence.text, target) for each, target in found.moved] == [(moving, "kurs_zahlen")]
    assert {each.sentence.text for each in found.removed} == {TRAINING["kurs_zahlen"][0], *HELD_OUT["kurs_zahlen"]}
    assert [each.text for each in found.refused] == ["anna@example.org"]
    assert changes(corpus, rows, whole=False).removed == []
    after = write(root, edits_of(corpus, changes(corpus, rows, whole=False)))
    assert after.place(moving) == Place("kurs_zahlen", False)
    assert after.place("Zum Messen") == Place("kurs_zahlen", True)
    assert check_nlu_data(root) == []


def test_a_sentence_of_a_table_stands_there_once(corpus: Corpus) -> None:
    rows = [Row(Place("kurs_zahlen", False), "Ganz neu"), Row(Place("ort_finden", False), "ganz neu!")]
    found = changes(corpus, rows, whole=False)
    assert [each.why for each in found.refused] == ["Er steht hier zweimal."]


def test_what_changes_nothing_or_too_much_is_refused(corpus: Corpus) -> None:
    with pytest.raises(NavigatorError, match="ändert nichts"):
        edits_of(corpus, changes(corpus, [], whole=False))
    for measures, number in ((False, 1_501), (True, 101)):
        many = [Row(Place("kurs_zahlen", measures), f"Satz {at:b}") for at in range(number)]
        with pytest.raises(NavigatorError, match="höchstens 1500|mehr als 100"):
            edits_of(corpus, changes(corpus, many, whole=False))


def test_a_word_may_be_trained_and_measured(root: Path) -> None:
    corpus = write(root, [*added(corpus_of(root), "kurs_zahlen", ["Ja"], measures=False),
                          AddItem(path="tests/nlu/foerderung/kurs_zahlen.yml", at=("sentences",), value="Ja")])
    rows = read_table(as_csv(corpus, ["kurs_zahlen"]), "a.csv", corpus)
    assert len(rows) == 62
    found = changes(corpus, rows, whole=True)
    assert (found.number, found.refused) == (0, [])


@pytest.mark.parametrize(("content", "name", "why"), [
    (b"x" * (MOST_BYTES + 1), "a.csv", "5 MB"), (b"", "a.csv", "absicht"), (b"absicht;text\n", "a.csv", "satz"),
    (table("quatsch;training;Satz"), "a.csv", "Zeile 2: Die Absicht „quatsch“"),
    (table("ort_finden;egal;Satz"), "a.csv", "Zeile 2: Es fehlt der Satz"),
    (b"kein zip", "a.xlsx", "keine Arbeitsmappe"), (b"\x00;\x00\n", "a.csv", "CSV|absicht"),
])
def test_what_is_no_table_of_ours_is_refused(corpus: Corpus, content: bytes, name: str, why: str) -> None:
    with pytest.raises(NavigatorError, match=why):
        read_table(content, name, corpus)


def test_a_workbook_that_swells_is_refused(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training_tables, "UNPACKED", 1024 * 1024)
    target = io.BytesIO()
    with (zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
          archive.open("xl/worksheets/sheet1.xml", "w") as entry):
        entry.write(bytes(1024 * 1024 + 1))
    with pytest.raises(NavigatorError, match="ausgepackt zu groß"):
        read_table(target.getvalue(), "a.xlsx", corpus)


def test_a_table_of_a_german_spreadsheet_is_read(corpus: Corpus) -> None:
    rows = read_table("Absicht,Satz\r\nort_finden,Wo ist die Straße?\r\n".encode("cp1252"), "a.csv", corpus)
    assert rows == [Row(Place("ort_finden", False), "Wo ist die Straße?")]
