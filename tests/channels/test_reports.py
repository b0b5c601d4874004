"""The forms „Stimmt nicht mehr?“ and „Barriere melden“, as sent by a browser without JavaScript."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa
from aiohttp import web
from aiohttp.test_utils import TestClient

from bot.records.reports import OpenReport, ReportKind, ReportStore
from bot.records.secrets import shared_secret
from bot.web.csrf import FIELD, TOKENS, VALID_SECONDS, FormTokens
from tests.channels.forms import fetch, forms, send, words

PROGRAMME, CONTACT = "bildungsscheck-2-0", "regionalagentur-maerkische-region"
MAIL = "anna.muster@firma-hagen.de"
XSS = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7 * 7 }}"
BOTH = pytest.mark.parametrize("path", ["/melden", "/barrierefreiheit/melden"])


@pytest.fixture
def reported(catalogue_engine: sa.Engine) -> ReportStore:
    return ReportStore(catalogue_engine)


def _only(store: ReportStore) -> OpenReport:
    (report,) = store.open_reports()
    return report


@pytest.mark.parametrize("subject", [PROGRAMME, CONTACT])
async def test_a_report_about_a_record_leads_to_a_number(
    client: TestClient, reported: ReportStore, subject: str
) -> None:
    status, html = await fetch(client, f"/melden?zu={subject}")
    assert status == 200
    status, html = await send(client, forms(html)[0], text="Die Frist ist vorbei.", email=MAIL)
    report = _only(reported)
    assert status == 200 and report.number in words(html)
    assert (report.kind, report.subject, report.text, report.contact) == (
        ReportKind.ERROR, subject, "Die Frist ist vorbei.", MAIL)


async def test_the_form_names_what_it_is_about(client: TestClient) -> None:
    _, html = await fetch(client, f"/melden?zu={PROGRAMME}")
    assert "Bildungsscheck" in words(html)


async def test_without_a_record_one_may_say_what_it_is_about(client: TestClient, reported: ReportStore) -> None:
    _, html = await fetch(client, "/melden")
    await send(client, forms(html)[0], about="Seite Termine", text="Der Link ist tot.")
    assert (_only(reported).subject, _only(reported).contact) == ("Seite Termine", None)


async def test_a_barrier_is_reported(client: TestClient, reported: ReportStore) -> None:
    _, html = await fetch(client, "/barrierefreiheit/melden")
    status, html = await send(client, forms(html)[0], about="/foerderung", text="Der Knopf sagt nichts.")
    report = _only(reported)
    assert (status, report.kind, report.subject) == (200, ReportKind.BARRIER, "/foerderung")


async def test_an_unknown_record_is_not_found(client: TestClient, reported: ReportStore) -> None:
    assert (await fetch(client, "/melden?zu=gibt-es-nicht"))[0] == 404
    _, html = await fetch(client, f"/melden?zu={PROGRAMME}")
    status, _ = await send(client, forms(html)[0], zu="gibt-es-nicht", text="x")
    assert (status, reported.open_reports()) == (404, [])


@BOTH
@pytest.mark.parametrize(("field", "value"), [
    ("text", ""), ("text", " \n\u202e\x00 "), ("text", "x" * 2001), ("about", "x" * 201), ("email", "anna@"),
    ("email", "x" * 250 + "@example.org"), ("website", "https://example.org"),
])  # fmt: skip
async def test_what_is_wrong_is_said_and_linked_and_nothing_is_lost(
    client: TestClient, reported: ReportStore, path: str, field: str, value: str
) -> None:
    _, html = await fetch(client, path)
    filled = {"about": "Termine", "text": "Das ist alt.", "email": MAIL, field: value}
    status, html = await send(client, forms(html)[0], **filled)
    assert (status, reported.open_reports()) == (422, [])
    assert f'href="#{field}"' in html and 'role="alert"' in html and "<title>Fehler: " in html
    again = forms(html)[0]
    kept = {name: again.fields[name] for name in ("about", "text", "email") if name != field}
    assert kept == {name: filled[name] for name in kept}
    status, _ = await send(client, again, **{field: {"text": "Kurz.", "email": MAIL}.get(field, "")})
    assert (status, len(reported.open_reports())) == (200, 1)


@BOTH
async def test_a_form_of_another_site_is_refused(client: TestClient, reported: ReportStore, path: str) -> None:
    _, html = await fetch(client, path)
    form = forms(html)[0]
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}):
        assert (await send(client, form, headers, text="x"))[0] == 403
    filled = {**form.fields, "text": "x"}
    async with client.post(path, data=filled, headers={"Origin": "https://evil.example"}) as reply:
        assert reply.status == 403
    async with client.post(path, json=filled) as reply:
        assert reply.status == 415
    assert reported.open_reports() == []


@BOTH
async def test_an_old_or_made_up_token_asks_to_send_again(
    app: web.Application, client: TestClient, catalogue_engine: sa.Engine, reported: ReportStore, path: str
) -> None:
    _, html = await fetch(client, path)
    form = forms(html)[0]
    old = FormTokens(lambda: shared_secret(catalogue_engine, "forms"), lambda: 1_000_000_000.0).token("fehler")
    assert VALID_SECONDS < 1_000_000_000
    for wrong in (old, "", app[TOKENS].token("chat")):
        status, html = await send(client, form, text="Das ist alt.", **{FIELD: wrong})
        assert (status, reported.open_reports()) == (422, [])
        assert forms(html)[0].fields["text"] == "Das ist alt."
    status, _ = await send(client, forms(html)[0])
    assert (status, len(reported.open_reports())) == (200, 1)


@BOTH
async def test_no_field_becomes_html(client: TestClient, path: str) -> None:
    _, html = await fetch(client, path)
    status, html = await send(client, forms(html)[0], about=XSS, text=XSS, email=XSS, website=XSS)
    assert status == 422
    assert "<img" not in html and "alert(1)</script>" not in html and "{{ 7 * 7 }}" in html
    assert forms(html)[0].fields["text"] == XSS


async def test_addresses_in_queries_become_no_html(client: TestClient) -> None:
    for query in (f"/melden?zu={XSS}", f"/melden/danke?nummer={XSS}", "/melden/danke", "/melden/danke?nummer=M-1"):
        status, html = await fetch(client, query)
        assert status == 404 and "<img" not in html


async def test_every_field_has_a_label(client: TestClient) -> None:
    for path in (f"/melden?zu={PROGRAMME}", "/melden", "/barrierefreiheit/melden"):
        _, html = await fetch(client, path)
        named = set(re.findall(r'<label[^>]*for="(\w+)"', html))
        fields = set(re.findall(r'<(?:input|textarea)(?![^>]*type="hidden")[^>]*id="(\w+)"', html))
        assert fields == named and len(fields) >= 3
        assert html.count("<h1") == 1
