"""Sentences that look alike come together, whoever was there first; what is known costs nothing again."""

from __future__ import annotations

import pytest

from bot.curation import similar
from bot.curation.similar import Groups, Sentences

ALIKE = ["Gibt es Geld für Drucker?", "gibt es Geld für Drucker", "Gibts Geld für Drucker?"]


def test_what_looks_alike_is_one_group() -> None:
    texts = dict(enumerate([*ALIKE, "Wann ist die Messe?", "Wann ist die nächste Messe?"]))
    found = Groups().of(texts)
    assert found == {0: 0, 1: 0, 2: 0, 3: 3, 4: 3}


def test_what_comes_later_joins_and_what_is_gone_is_forgotten() -> None:
    groups = Groups()
    groups.of({7: ALIKE[0]})
    assert groups.of({7: ALIKE[0], 8: "Wann ist die Messe?", 9: ALIKE[1]}) == {7: 7, 8: 8, 9: 7}
    assert groups.of({9: ALIKE[1]}) == {9: 7}
    assert groups.of({}) == {}


def test_the_blocks_do_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = dict(enumerate([*ALIKE, "Wann ist die Messe?"] * 3))
    together = Groups().of(texts)
    monkeypatch.setattr(similar, "_AT_ONCE", 2)
    assert Groups().of(texts) == together


def test_the_nearest(monkeypatch: pytest.MonkeyPatch) -> None:
    known = Sentences(["Wann ist die Messe?", ALIKE[0], ALIKE[0]])
    assert [at for at, _ in known.nearest(ALIKE[1], 2)] in ([1, 2], [2, 1])
    assert known.nearest("xyzxyz", 2) == [] and Sentences([]).nearest("x", 2) == []
    read: list[str] = []
    real = similar.vectors
    monkeypatch.setattr(similar, "vectors", lambda texts: read.extend(texts) or real(texts))
    later = Sentences([ALIKE[2], ALIKE[0]], known)
    assert read == [ALIKE[2]]
    assert later.nearest(ALIKE[0], 1)[0][0] == 1
