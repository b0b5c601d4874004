"""Verwaltung, one's own account, the log, and erasing on request."""

from __future__ import annotations

import csv
import io

import pytest
import sqlalchemy as sa
from aiohttp import web

from bot.curation.erasure import find
from bot.errors import NavigatorError
from bot.records.audit import AuditLog, Filter
from bot.records.callbacks import CallbackStore
from bot.records.conversations import ConversationStore, Turn
from bot.records.rights import Role
from bot.workbench.keys import ACCOUNTS, AUDIT, ENGINE, LINKS
from bot.workbench.people import PASSWORDS
from tests.workbench.browsing import account
from tests.workbench.conftest import SignIn

PASSWORD = "vier leise Kiesel tanzen"


def _actions(app: web.Application, subject: str) -> list[str]:
    return [entry.action for entry in app[AUDIT].find(Filter(subject=subject))]


async def test_an_account_is_added_and_its_link_is_shown_once(app: web.Application, staff: SignIn) -> None:
    admin = await staff(Role.ADMIN)
    form = [("name", "B.Muster"), ("title", "Berta Muster"), ("rolle", "redaktion"), ("rolle", "lesen")]
    seen = await admin.post("/verwaltung/konten", form)
    assert seen.status == 200
    token = seen.text.split("/einladung/")[1].split()[0]
    berta = app[ACCOUNTS].named("b.muster")
    assert berta and berta.roles == {Role.EDITOR, Role.READER}
    invitation = app[LINKS].find(token)
    assert invitation and invitation.account_id == berta.id
    listed = await admin.get("/verwaltung")
    assert "Berta Muster" in listed.text and "noch kein Kennwort" in listed.text and token not in listed.html
    assert token not in (await admin.get(f"/verwaltung/konten/{berta.id}")).html
    assert _actions(app, "b.muster") == ["konto.link", "konto.angelegt"]


@pytest.mark.parametrize(("form", "part"), [
    ({"name": "", "title": "X"}, "Namen, mit dem man sich anmeldet"), ({"name": "a b", "title": "X"}, "Erlaubt sind"),
    ({"name": "neu", "title": ""}, "Vor- und Nachnamen"), ({"name": "ANNA", "title": "Anna"}, "gibt es schon"),
])  # fmt: skip
async def test_an_account_that_cannot_be_added(staff: SignIn, form: dict[str, str], part: str) -> None:
    seen = await (await staff(Role.ADMIN)).post("/verwaltung/konten", form)
    assert seen.status == 422 and part in seen.text


async def test_roles_change_what_one_may_do_at_once(app: web.Application, staff: SignIn) -> None:
    admin, berta = await staff(Role.ADMIN), await staff(Role.READER, name="berta")
    path = f"/verwaltung/konten/{berta.person.id}"
    assert (await berta.get("/protokoll")).status == 403
    sent = await admin.post(f"{path}/rollen", [("rolle", "lesen"), ("rolle", "datenschutz")])
    assert sent.location == path and "sind gespeichert" in (await admin.get(path)).text
    assert (await berta.get("/protokoll")).status == 200
    changed = app[AUDIT].find(Filter(action="konto.rollen"))[0]
    assert (changed.who, changed.before, changed.after) == (
        "anna", {"rollen": ["Lesen"]}, {"rollen": ["Lesen", "Datenschutz"]})
    assert (await admin.post(f"{path}/rollen", [("rolle", "gott")])).status == 400


async def test_nobody_can_remove_the_last_admin(app: web.Application, staff: SignIn) -> None:
    admin = await staff(Role.ADMIN, Role.EDITOR)
    path = f"/verwaltung/konten/{admin.person.id}"
    for action, form in (("rollen", [("rolle", "lesen")]), ("sperren", [])):
        seen = await admin.post(f"{path}/{action}", form)
        assert seen.status == 422 and "letzte Konto" in seen.text
    still = app[ACCOUNTS].get(admin.person.id)
    assert still and still.active and still.roles == {Role.ADMIN, Role.EDITOR}
    account(app, "zweite", Role.ADMIN)
    assert (await admin.post(f"{path}/rollen", [("rolle", "lesen")])).location == "/"
    assert (await admin.get("/verwaltung")).status == 403


async def test_locking_unlocking_and_signing_out(app: web.Application, staff: SignIn) -> None:
    admin, berta = await staff(Role.ADMIN), await staff(Role.READER, name="berta")
    path = f"/verwaltung/konten/{berta.person.id}"
    assert "Gerade angemeldet" in (await admin.get(path)).text
    await admin.post(f"{path}/abmelden")
    assert (await berta.get("/")).status == 303
    await admin.post(f"{path}/sperren")
    locked = await admin.get(path)
    assert "Gesperrt." in locked.text
    assert (await admin.post(f"{path}/link")).status == 422
    await admin.post(f"{path}/entsperren")
    assert (await admin.post(f"{path}/link")).status == 200
    assert _actions(app, "berta")[:4] == ["konto.link", "konto.entsperrt", "konto.gesperrt", "konto.abgemeldet"]
    assert (await admin.get("/verwaltung/konten/999999")).status == 404


async def test_changing_ones_own_password(app: web.Application, staff: SignIn) -> None:
    anna = await staff(Role.READER)
    app[ACCOUNTS].set_password(anna.person.id, app[PASSWORDS].hash(PASSWORD), "Test")
    anna = await staff(Role.READER)
    other = await staff(Role.READER)
    new = {"password": "drei blaue Ampeln singen", "repeated": "drei blaue Ampeln singen"}
    wrong = await anna.post("/konto/kennwort", {"present": "falsch", **new})
    assert wrong.status == 422 and "jetziges Kennwort stimmt nicht" in wrong.text
    assert (await anna.post("/konto/kennwort", {"present": PASSWORD, **new})).location == "/konto?geaendert=1"
    assert "gilt ab jetzt" in (await anna.get("/konto?geaendert=1")).text
    assert (await other.get("/")).status == 303, "other sessions are over"
    assert app[PASSWORDS].fits(app[ACCOUNTS].password_hash(anna.person.id), new["password"])
    assert (await anna.post("/konto/ueberall-abmelden")).location == "/anmelden"
    assert (await anna.get("/")).status == 303


async def test_the_log_is_filtered_and_leafed_through(app: web.Application, staff: SignIn) -> None:
    log, keeper = app[AUDIT], await staff(Role.PRIVACY)
    for number in range(120):
        log.add("berta" if number % 2 else "carl", "vorschlag.freigegeben", f"programme/{number}.yml",
                before={"höhe": "500 €"}, after={"höhe": "550 €"})
    first = await keeper.get("/protokoll?was=vorschlag.")
    assert first.html.count("<tr>") == 51 and "programme/119.yml" in first.html and "höhe: 550 €" in first.text
    older = first.html.split('href="/protokoll?')[1].split('"')[0].replace("&amp;", "&")
    assert "programme/69.yml" in (await keeper.get(f"/protokoll?{older}")).html
    only = await keeper.get("/protokoll?wer=berta&woran=PROGRAMME/7")
    assert "programme/71.yml" in only.html and "programme/70.yml" not in only.html
    assert "keinen Eintrag" in (await keeper.get("/protokoll?bis=01.01.2020")).text
    assert "Schreiben Sie Tage wie" in (await keeper.get("/protokoll?von=gestern")).text


async def test_the_log_as_a_table(app: web.Application, staff: SignIn) -> None:
    keeper = await staff(Role.PRIVACY)
    for number in range(600):
        app[AUDIT].add("berta", "vorschlag.freigegeben", f"=cmd|{number}", after={"höhe": "550 €"})
    seen = await keeper.get("/protokoll.csv?wer=berta")
    rows = list(csv.reader(io.StringIO(seen.html.removeprefix("\ufeff")), delimiter=";"))
    assert seen.headers["Content-Disposition"].endswith('"protokoll.csv"')
    assert rows[0][:3] == ["Nummer", "Zeit", "Wer"] and len(rows) == 601
    assert rows[1][4] == "'=cmd|599" and rows[1][6] == '{"höhe": "550 €"}'


def test_the_log_only_grows(engine: sa.Engine) -> None:
    from knowledge_base.migrate import upgrade

    upgrade(engine)
    AuditLog(engine).add("anna", "konto.angelegt", "berta")
    for statement in ("UPDATE audit_entry SET who = 'carl'", "DELETE FROM audit_entry"):
        with pytest.raises(sa.exc.DBAPIError, match="append-only"), engine.begin() as connection:
            connection.exec_driver_sql(statement)
    assert [entry.who for entry in AuditLog(engine).find(Filter())] == ["anna"]


def _conversation(engine: sa.Engine) -> str:
    """Store a conversation with a call-back and return its number."""
    store = ConversationStore(engine)
    store.append(Turn("web:anna", 0, [{"event": "user", "timestamp": 1.0, "text": "Ich suche Förderung."}]))
    callbacks = CallbackStore(engine)
    callbacks.draft("web:anna", way="telefon", address="0171 3920001")
    sent = callbacks.send("web:anna")
    assert sent
    return sent.number


async def test_a_conversation_is_erased_by_the_number_of_its_call_back(app: web.Application, staff: SignIn) -> None:
    keeper = await staff(Role.PRIVACY)
    number = _conversation(app[ENGINE])
    found = await keeper.post("/datenschutz", {"nummer": number.lower()})
    assert found.status == 200 and "1 Nachricht" in found.text
    assert "Ich suche Förderung" not in found.html and "0171" not in found.html
    assert (await keeper.post("/datenschutz/loeschen", {"nummer": number})).location == "/datenschutz"
    assert "sind gelöscht" in (await keeper.get("/datenschutz")).text
    assert ConversationStore(app[ENGINE]).load_all("web:anna") is None
    assert CallbackStore(app[ENGINE]).find("web:anna") is None
    assert _actions(app, number) == ["gespraech.geloescht"]
    again = await keeper.post("/datenschutz", {"nummer": number})
    assert again.status == 422 and "nichts gespeichert" in again.text
    assert (await keeper.post("/datenschutz", {"nummer": "<b>"})).status == 422


def test_a_call_back_whose_conversation_is_gone_is_erased_too(catalogue_engine: sa.Engine) -> None:
    from bot.curation.erasure import erase

    number = _conversation(catalogue_engine)
    callbacks = CallbackStore(catalogue_engine)
    with catalogue_engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM conversation")
    assert find(catalogue_engine, number).messages == 0
    erase(catalogue_engine, number, "anna")
    assert callbacks.find("web:anna") is None
    with pytest.raises(NavigatorError, match="nichts gespeichert"):
        erase(catalogue_engine, number, "anna")


def test_every_action_of_ours_has_a_german_name() -> None:
    """Whatever is noted somewhere in the code can be read by people."""
    import re

    from bot.settings import REPOSITORY
    from bot.workbench.audit_words import KINDS, TITLES

    beginnings = "|".join(re.escape(kind) for kind in KINDS if kind.endswith("."))
    used = {
        action for file in (REPOSITORY / "bot").rglob("*.py")
        for action in re.findall(rf'"((?:{beginnings})[a-z]+)"', file.read_text(encoding="utf-8"))
    }
    assert len(used) > 8
    assert used <= TITLES.keys()
