"""Accounts, links, sessions and the log on both databases."""

from __future__ import annotations

import threading

import pytest
import sqlalchemy as sa

from bot.errors import NavigatorError
from bot.records.accounts import AccountStore
from bot.records.audit import AuditLog, Filter
from bot.records.one_time_links import LinkStore
from bot.records.rights import ABOUT, RIGHTS, TITLES, Right, Role, rights_of, titles_of
from bot.records.staff_sessions import StaffSessionStore
from knowledge_base.migrate import upgrade

KEY = b"key"


@pytest.fixture
def accounts(engine: sa.Engine) -> AccountStore:
    upgrade(engine)
    return AccountStore(engine)


def test_every_role_is_described_and_every_right_belongs_to_somebody() -> None:
    assert set(TITLES) == set(ABOUT) == set(RIGHTS) == set(Role)
    assert rights_of(Role) == set(Right) and rights_of([]) == set()
    assert titles_of([Role.ADMIN, Role.READER]) == ["Lesen", "Verwaltung"]


def test_a_name_is_one_however_it_is_spelled(accounts: AccountStore) -> None:
    made = accounts.add(" B.Muster ", "Berta Muster", [Role.EDITOR], "anna")
    assert accounts.named("b.MUSTER") == made and accounts.get(made.id) == made
    with pytest.raises(NavigatorError, match="gibt es schon"):
        accounts.add("B.MUSTER", "Bert Muster", [], "anna")
    assert [each.name for each in accounts.all()] == ["b.muster"]


def test_a_change_and_its_entry_are_there_together_or_not_at_all(accounts: AccountStore, engine: sa.Engine) -> None:
    chief = accounts.add("chefin", "Chefin", [Role.ADMIN], "anna")
    with pytest.raises(NavigatorError, match="letzte Konto"):
        accounts.set_roles(chief.id, [], "chefin")
    with pytest.raises(NavigatorError, match="gibt es nicht"):
        accounts.set_roles(chief.id + 1, [], "chefin")
    accounts.set_roles(chief.id, [Role.ADMIN], "chefin")
    assert [entry.action for entry in AuditLog(engine).find(Filter())] == ["konto.angelegt"]
    accounts.set_roles(chief.id, [Role.ADMIN, Role.EDITOR], "chefin")
    newest = AuditLog(engine).find(Filter())[0]
    assert (newest.before, newest.after) == ({"rollen": ["Verwaltung"]}, {"rollen": ["Redaktion", "Verwaltung"]})


def test_two_at_once_cannot_remove_the_last_admin(accounts: AccountStore) -> None:
    chiefs = [accounts.add(name, name, [Role.ADMIN], "anna") for name in ("eins", "zwei")]
    together = threading.Barrier(len(chiefs))
    refused: list[str] = []

    def lock(account_id: int) -> None:
        together.wait(30)
        try:
            accounts.set_active(account_id, False, "anna")
        except NavigatorError as error:
            refused.append(str(error))

    threads = [threading.Thread(target=lock, args=(chief.id,)) for chief in chiefs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert accounts.has_admin() and len(refused) == 1


def test_of_two_who_use_a_link_one_succeeds(accounts: AccountStore, engine: sa.Engine) -> None:
    links = LinkStore(engine, KEY)
    token = links.make(accounts.add("anna", "Anna", [], "x").id, "x", "anna")
    used: list[bool] = []
    threads = [threading.Thread(target=lambda: used.append(links.redeem(token))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(used) == [False, False, False, True]


def test_the_database_knows_no_token(accounts: AccountStore, engine: sa.Engine) -> None:
    anna = accounts.add("anna", "Anna", [], "x")
    tokens = [StaffSessionStore(engine, KEY).open(anna.id, "anna"), LinkStore(engine, KEY).make(anna.id, "x", "anna")]
    with engine.connect() as connection:
        for table in ("staff_session", "one_time_link", "audit_entry"):
            rows = str(connection.exec_driver_sql(f"SELECT * FROM {table}").all())
            assert rows != "[]" and not any(token in rows for token in tokens)


def test_a_session_goes_on_under_a_new_token(accounts: AccountStore, engine: sa.Engine) -> None:
    sessions, anna = StaffSessionStore(engine, KEY), accounts.add("anna", "Anna", [], "x")
    token = sessions.open(anna.id, "anna")
    accounts.set_roles(anna.id, [Role.READER], "x")
    found = sessions.find(token)
    assert found and found.renew
    fresh = sessions.replace(token)
    assert sessions.find(token) is None
    again = sessions.find(fresh)
    assert again and not again.renew and again.created_at == found.created_at
    assert sessions.counts() == {anna.id: 1} and sessions.close_all(anna.id) == 1 and sessions.counts() == {}


def test_the_log_is_filtered_without_wildcards(accounts: AccountStore, engine: sa.Engine) -> None:
    log = AuditLog(engine)
    for subject in ("a%b", "aXb", "A%B"):
        log.add("anna", "vorschlag.angelegt", subject)
    assert {entry.subject for entry in log.find(Filter(subject="a%b"))} == {"a%b", "A%B"}
    assert log.find(Filter(action="vorschlag_")) == [] and len(list(log.all(Filter(who="anna")))) == 3
    assert log.actors() == ["anna"]
