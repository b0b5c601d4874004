"""A login service as agencies have one: discovery, authorization code with PKCE, RS256. It can be told to lie."""

from __future__ import annotations

import base64
import hashlib
import secrets
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from aiohttp import BasicAuth, web
from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT_ID, CLIENT_SECRET = "werkbank", "geheim"


@dataclass
class Provider:
    """The service and what it says of the person who signs in."""

    url: str = ""
    person: dict[str, Any] = field(default_factory=lambda: {
        "sub": "4711", "preferred_username": "b.muster", "name": "Berta Muster"})
    lies: dict[str, Any] = field(default_factory=dict)
    """Claims that replace the right ones."""
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "k1"}))
    signs_with: RSAKey | None = None
    """Another key than the one it publishes."""
    refuses: bool = False
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    exchanged: int = 0

    def create_app(self) -> web.Application:
        """Build the application."""
        app = web.Application()
        app.add_routes([
            web.get("/realm/.well-known/openid-configuration", self.discovery), web.get("/authorize", self.authorize),
            web.post("/token", self.token), web.get("/jwks", self.jwks),
        ])
        return app

    @property
    def issuer(self) -> str:
        """Its name."""
        return f"{self.url}/realm"

    async def discovery(self, request: web.Request) -> web.Response:
        """Say where everything is."""
        return web.json_response({
            "issuer": self.issuer, "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token", "jwks_uri": f"{self.url}/jwks",
            "id_token_signing_alg_values_supported": ["RS256"],
        })

    async def authorize(self, request: web.Request) -> web.Response:
        """Take it that the person signs in, and send the browser back."""
        asked = dict(request.query)
        assert asked["response_type"] == "code" and asked["code_challenge_method"] == "S256"
        assert asked["client_id"] == CLIENT_ID and "openid" in asked["scope"].split() and asked["nonce"]
        code = secrets.token_urlsafe(8)
        self.codes[code] = asked
        answer = {"error": "access_denied"} if self.refuses else {"code": code}
        raise web.HTTPFound(f"{asked['redirect_uri']}?{urlencode({**answer, 'state': asked['state']})}")

    async def token(self, request: web.Request) -> web.Response:
        """Exchange a code, once, for who proves to have asked for it."""
        form = await request.post()
        asked = self.codes.pop(str(form["code"]), None)
        assert BasicAuth.decode(request.headers["Authorization"]) == BasicAuth(CLIENT_ID, CLIENT_SECRET)
        digest = hashlib.sha256(str(form.get("code_verifier", "")).encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if asked is None or asked["code_challenge"] != challenge or asked["redirect_uri"] != form["redirect_uri"]:
            return web.json_response({"error": "invalid_grant"}, status=400)
        self.exchanged += 1
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT_ID, "exp": now + 300, "iat": now, "nonce": asked["nonce"],
                  **self.person, **self.lies}
        signer = self.signs_with or self.key
        token = jwt.encode({"alg": "RS256", "kid": "k1"}, {k: v for k, v in claims.items() if v is not None}, signer)
        return web.json_response({"access_token": "a", "token_type": "Bearer", "id_token": token})

    async def jwks(self, request: web.Request) -> web.Response:
        """Publish the key."""
        return web.json_response({"keys": [self.key.as_dict(private=False)]})
