"""Each setting has a default, and a wrong value says in German which one it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import NavigatorError
from bot.settings import REPOSITORY, SECRETS, SETTINGS, load_settings


def test_defaults() -> None:
    settings = load_settings({})

    assert (settings.host, settings.port, settings.log_level) == ("127.0.0.1", 8080, "INFO")
    assert settings.content_dir == REPOSITORY
    assert settings.instance_file == REPOSITORY / "instance.yml"
    assert settings.catalogue_dir.is_dir()
    assert settings.var_dir == Path("var").absolute()
    assert settings.database_url == f"sqlite:///{settings.var_dir / 'navigator.db'}"
    assert settings.model_dir == settings.var_dir / "models"


def test_each_setting_is_read(tmp_path: Path) -> None:
    given = {
        "NAVIGATOR_HOST": "127.0.0.2", "NAVIGATOR_PORT": "9000", "NAVIGATOR_VAR_DIR": str(tmp_path / "var"),
        "DATABASE_URL": "sqlite:///other.db", "NAVIGATOR_CONTENT_DIR": str(tmp_path),
        "NAVIGATOR_INSTANCE": str(tmp_path / "i.yml"), "NAVIGATOR_MODEL_DIR": str(tmp_path / "m"),
        "NAVIGATOR_LOG_LEVEL": "debug", "NAVIGATOR_PUBLIC_URL": "https://navigator.example.de/",
        "NAVIGATOR_PROXY_HEADER": "X-Forwarded-For", "NAVIGATOR_CHAT_PER_MINUTE": "1",
        "NAVIGATOR_FORMS_PER_MINUTE": "2", "NAVIGATOR_PAGES_PER_MINUTE": "3", "NAVIGATOR_PDF_PER_MINUTE": "0",
        "NAVIGATOR_MATRIX_URL": "http://127.0.0.1:8008", "NAVIGATOR_MATRIX_USER": "@bot:example.org",
        "NAVIGATOR_MATRIX_PASSWORD": "p", "NAVIGATOR_MATRIX_TOKEN": "t",
        "NAVIGATOR_TELEGRAM_TOKEN": "1:secret", "NAVIGATOR_TELEGRAM_WEBHOOK_SECRET": "s" * 16,
        "NAVIGATOR_TELEGRAM_API_URL": "http://127.0.0.1:8081",
        "NAVIGATOR_WHATSAPP_TOKEN": "t", "NAVIGATOR_WHATSAPP_PHONE_ID": "106540352242922",
        "NAVIGATOR_WHATSAPP_APP_SECRET": "a", "NAVIGATOR_WHATSAPP_VERIFY_TOKEN": "v",
        "NAVIGATOR_WHATSAPP_API_URL": "http://127.0.0.1:8082",
        "NAVIGATOR_MODEL_KEY": "m" * 32,
        "NAVIGATOR_METRICS_HOST": "127.0.0.4", "NAVIGATOR_METRICS_PORT": "9108",
        "NAVIGATOR_WORKBENCH_HOST": "127.0.0.3", "NAVIGATOR_WORKBENCH_PORT": "0",
        "NAVIGATOR_WORKBENCH_URL": "https://werkbank.example.de", "NAVIGATOR_WORKBENCH_SECRET": "s" * 32,
        "NAVIGATOR_OIDC_ISSUER": "https://login.example.de", "NAVIGATOR_OIDC_CLIENT_ID": "werkbank",
        "NAVIGATOR_OIDC_CLIENT_SECRET": "s", "NAVIGATOR_OIDC_ROLES_CLAIM": "groups", "NAVIGATOR_CONTENT_STORE": "git",
    }  # fmt: skip
    assert set(given) == {setting.name for setting in SETTINGS}

    default, settings = load_settings({}), load_settings(given)

    for field in default.__dataclass_fields__:
        assert getattr(settings, field) != getattr(default, field), field
    assert settings.log_level == "DEBUG"


def test_an_empty_value_counts_as_not_set() -> None:
    assert load_settings({setting.name: " " for setting in SETTINGS}) == load_settings({})


@pytest.mark.parametrize(("written", "used"), [
    ("postgres://u:secret@db/n", "postgresql+psycopg://u:secret@db/n"),
    ("postgresql://u:secret@db/n", "postgresql+psycopg://u:secret@db/n"),
    ("sqlite:////srv/n.db", "sqlite:////srv/n.db"),
])  # fmt: skip
def test_the_database_url_gets_our_driver(written: str, used: str) -> None:
    assert load_settings({"DATABASE_URL": written}).database_url == used


@pytest.mark.parametrize(("name", "value"), [
    ("NAVIGATOR_PORT", "achtzig"), ("NAVIGATOR_PORT", "0"), ("NAVIGATOR_PORT", "65536"), ("NAVIGATOR_PORT", "-1"),
    ("NAVIGATOR_CONTENT_STORE", "svn"),
    ("NAVIGATOR_LOG_LEVEL", "laut"), ("DATABASE_URL", "mysql://u:secret@db/n"), ("DATABASE_URL", "secret"),
    ("NAVIGATOR_CONTENT_DIR", "/gibt/es/nicht"), ("NAVIGATOR_CHAT_PER_MINUTE", "viele"),
    ("NAVIGATOR_PDF_PER_MINUTE", "-1"), ("NAVIGATOR_PUBLIC_URL", "navigator.example.de"),
    ("NAVIGATOR_PUBLIC_URL", "https://navigator.example.de/pfad"), ("NAVIGATOR_TELEGRAM_TOKEN", "secret"),
    ("NAVIGATOR_TELEGRAM_WEBHOOK_SECRET", "secret"), ("NAVIGATOR_TELEGRAM_WEBHOOK_SECRET", "secret secret secret"),
    ("NAVIGATOR_TELEGRAM_API_URL", "api.telegram.org"), ("NAVIGATOR_WHATSAPP_PHONE_ID", "+49 2331 secret"),
    ("NAVIGATOR_WHATSAPP_API_URL", "graph.facebook.com"), ("NAVIGATOR_MATRIX_URL", "matrix.example.org"),
    ("NAVIGATOR_MATRIX_USER", "foerderung"),
])  # fmt: skip
def test_a_wrong_value_is_named_but_no_password(name: str, value: str) -> None:
    with pytest.raises(NavigatorError, match=name) as caught:
        load_settings({name: value})

    assert "secret" not in str(caught.value)


def test_the_password_does_not_show() -> None:
    given = {"DATABASE_URL": "postgresql://u:secret@db/n", "NAVIGATOR_TELEGRAM_TOKEN": "1:secret",
             "NAVIGATOR_TELEGRAM_WEBHOOK_SECRET": "secret-secret-secret"}
    assert "secret@" not in repr(load_settings(given)) and "secret-" not in repr(load_settings(given))
    assert "1:secret" not in repr(load_settings(given))


def test_no_secret_of_whatsapp_shows() -> None:
    names = ("TOKEN", "APP_SECRET", "VERIFY_TOKEN")

    assert "geheim" not in repr(load_settings({f"NAVIGATOR_WHATSAPP_{name}": "geheim" for name in names}))


def test_no_secret_of_matrix_shows() -> None:
    given = {f"NAVIGATOR_MATRIX_{name}": "geheim" for name in ("PASSWORD", "TOKEN")}

    assert "geheim" not in repr(load_settings(given))


def test_no_secret_of_the_workbench_shows() -> None:
    given = {"NAVIGATOR_WORKBENCH_SECRET": "geheim" * 6, "NAVIGATOR_OIDC_CLIENT_SECRET": "geheim"}

    assert "geheim" not in repr(load_settings(given))
    with pytest.raises(NavigatorError, match="NAVIGATOR_WORKBENCH_SECRET") as caught:
        load_settings({"NAVIGATOR_WORKBENCH_SECRET": "geheim"})
    assert "geheim" not in str(caught.value).lower().replace("geheimnis", "")


def test_every_setting_is_explained() -> None:
    assert SETTINGS
    for setting in SETTINGS:
        assert setting.help.endswith(".")
        assert setting.default


def test_every_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    for name in SECRETS:
        special = {"DATABASE_URL": "sqlite:///other.db", "NAVIGATOR_TELEGRAM_TOKEN": "1:x"}
        file.write_text(special.get(name, "x" * 32) + "\n")
        from_file, given = load_settings({f"{name}_FILE": str(file)}), load_settings({name: file.read_text()})
        assert from_file == given != load_settings({}), name
        with pytest.raises(NavigatorError, match=f"{name}_FILE"):
            load_settings({name: "x" * 32, f"{name}_FILE": str(file)})
        with pytest.raises(NavigatorError, match="lässt sich nicht lesen"):
            load_settings({f"{name}_FILE": str(tmp_path / "missing")})


def test_secrets_are_never_shown() -> None:
    marked = {name: "geheim-" + "x" * 30 for name in SECRETS}
    special = {"DATABASE_URL": "postgresql://n:geheim-x@h/d", "NAVIGATOR_TELEGRAM_TOKEN": "0:geheim-x"}
    shown = repr(load_settings({**marked, **special}))
    assert "geheim" not in shown
