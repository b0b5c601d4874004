"""Another site that shows the chat, with styles of its own that are as rude as styles get."""

from __future__ import annotations

from aiohttp import web

STYLES = """
* { letter-spacing: 2px; }
body { font: 20px/2 serif; color: rgb(90, 0, 90); background: rgb(255, 250, 220); margin: 30px; }
button { background: rgb(1, 2, 3); color: rgb(250, 250, 0); border-radius: 0; min-height: 10px; }
p { color: rgb(0, 100, 0); margin: 40px; }
.message, .card, .log { display: none; }
a { font-size: 30px; }
"""
_PAGE = """<!doctype html><html lang="de"><head><meta charset="utf-8"><title>Eine andere Seite</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
<link rel="stylesheet" href="/styles.css"></head><body><main><h1>Eine andere Seite</h1><p class="message">Text</p>
<p id="words">Worte mit <a href="#words">Verweis</a></p><button id="own">Eigener Knopf</button></main>
</body></html>"""


def create_app() -> web.Application:
    """Build the site: ``/`` without the chat; tests add script and tag."""
    app = web.Application()
    app.router.add_get("/", _page)
    app.router.add_get("/styles.css", _styles)
    return app


async def _page(request: web.Request) -> web.Response:
    return web.Response(text=_PAGE, content_type="text/html")


async def _styles(request: web.Request) -> web.Response:
    return web.Response(text=STYLES, content_type="text/css")
