"""Nothing in a table is taken for a formula."""

from __future__ import annotations

import pytest

from bot.workbench.csv_tables import csv_text


@pytest.mark.parametrize("value", ["=1+1", "+49 2331", "-1", "@SUM(A1)", "\t=1"])
def test_no_formula(value: str) -> None:
    assert csv_text([["Text", value]]).startswith(("Text;'", 'Text;"\''))


def test_a_semicolon_stays_in_its_cell() -> None:
    assert csv_text([["a;b", 3]]) == '"a;b";3\r\n'
