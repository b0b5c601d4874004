"""Signing in through the login service of the agency: OpenID Connect with authorization code and PKCE, by Authlib."""

from __future__ import annotations

import hashlib
import ipaddress
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Optional
from urllib.parse import urlsplit

import httpx2
from aiohttp import web
from authlib.common.security import generate_token
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import AsyncOAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, OctKey
from joserfc.jws import JWSRegistry

from bot.errors import NavigatorError
from bot.log import get_logger
from bot.settings import Settings

CALLBACK = "/anmelden/haus/zurueck"
BEGUN_SECONDS = 10 * 60
"""So long somebody may take at the login service."""
_ALGORITHMS = ("RS256", "PS256", "ES256", "RS384", "RS512", "PS384", "PS512", "ES384", "ES512")
"""Signatures with a public key only: a token signed with our own secret proves nothing."""
_LEEWAY_SECONDS = 60
_TIMEOUT_SECONDS = 10.0
_SILENT = "Der Anmeldedienst antwortet nicht – versuchen Sie es gleich noch einmal."
_REFUSED = "Die Anmeldung über den Anmeldedienst ist nicht gelungen – beginnen Sie noch einmal."
_log = get_logger(__name__)


@dataclass(frozen=True)
class Begun:
    """A sign-in on its way. It lies in a signed cookie of the browser that began it."""

    state: str
    nonce: str
    verifier: str
    target: str
    """Path to which the person goes afterwards."""


@dataclass(frozen=True)
class Identity:
    """Who somebody is for the login service."""

    subject: str
    """Stands for issuer and person; never given to anybody else."""
    name: str
    """The name by which the agency knows the person; empty if the service does not say it."""
    title: str
    roles: Optional[tuple[str, ...]]
    """What the claim of the roles says; ``None`` if none is configured."""


class LoginService:
    """The login service of the agency, as its settings name it."""

    def __init__(self, settings: Settings, secret: bytes, redirect_uri: str) -> None:
        """Take the settings; nothing is asked yet.

        Args:
            settings: With issuer and client.
            secret: Secret of the workbench.
            redirect_uri: Where the service sends people back to.
        """
        self._settings = settings
        self._cookie_key = OctKey.import_key(hashlib.sha256(b"oidc" + secret).digest())
        self._redirect_uri = redirect_uri
        self._metadata: Mapping[str, Any] | None = None

    async def begin(self, target: str) -> tuple[str, str]:
        """Return the address at the service and the value of the cookie."""
        begun = Begun(generate_token(43), generate_token(43), generate_token(64), target)
        async with self._client() as client:
            metadata = await self._discover(client)
            url, _ = client.create_authorization_url(
                metadata["authorization_endpoint"], begun.state, begun.verifier, nonce=begun.nonce)
        claims = {**vars(begun), "exp": int(time.time()) + BEGUN_SECONDS}
        return url, jwt.encode({"alg": "HS256"}, claims, self._cookie_key)

    def begun(self, cookie: str, state: str) -> Begun:
        """Return the sign-in that a browser comes back from.

        Raises:
            NavigatorError: If this browser did not begin it, or too long ago.
        """
        try:
            claims = jwt.decode(cookie, self._cookie_key, algorithms=["HS256"]).claims
            jwt.JWTClaimsRegistry(exp={"essential": True}, state={"essential": True, "value": state}).validate(claims)
        except (JoseError, ValueError) as error:
            raise self._refused("state", error) from None
        return Begun(claims["state"], claims["nonce"], claims["verifier"], claims["target"])

    async def finish(self, begun: Begun, code: str) -> Identity:
        """Exchange the code and return who it is.

        Raises:
            NavigatorError: If the service does not answer, or what it says cannot be trusted.
        """
        try:
            async with self._client() as client:
                metadata = await self._discover(client)
                token = await client.fetch_token(metadata["token_endpoint"], code=code, code_verifier=begun.verifier)
                keys = await _read(client, metadata["jwks_uri"])
            return self._identity(self._claims(token, keys, begun.nonce))
        except httpx2.HTTPError as error:
            raise self._silent(error) from None
        except (OAuthError, JoseError, KeyError, ValueError, TypeError) as error:
            raise self._refused("token", error) from None

    def _claims(self, token: Mapping[str, Any], keys: Any, nonce: str) -> Mapping[str, Any]:
        """Check signature, issuer, audience, time, nonce and the hash of the access token."""
        registry = JWSRegistry(algorithms=list(_ALGORITHMS), strict_check_header=False)
        read = jwt.decode(token["id_token"], KeySet.import_key_set(keys), registry=registry)
        client_id = self._settings.oidc_client_id
        claims = CodeIDToken(
            read.claims, read.header,
            {"iss": {"essential": True, "value": self._settings.oidc_issuer},
             "aud": {"essential": True, "value": client_id}},
            {"nonce": nonce, "client_id": client_id, "access_token": token.get("access_token")},
        )
        claims.validate(leeway=_LEEWAY_SECONDS)
        return claims

    def _identity(self, claims: Mapping[str, Any]) -> Identity:
        who = hashlib.sha256(f"{claims['iss']}|{claims['sub']}".encode()).hexdigest()
        mail = claims.get("email") if claims.get("email_verified") is True else None
        name = str(claims.get("preferred_username") or mail or "")
        roles = _roles(claims, self._settings.oidc_roles_claim) if self._settings.oidc_roles_claim else None
        return Identity(who, name, str(claims.get("name") or name), roles)

    async def _discover(self, client: AsyncOAuth2Client) -> Mapping[str, Any]:
        if self._metadata is None:
            issuer = self._settings.oidc_issuer
            try:
                metadata = await _read(client, f"{issuer.rstrip('/')}/.well-known/openid-configuration")
            except (httpx2.HTTPError, ValueError) as error:
                raise self._silent(error) from None
            if not isinstance(metadata, dict) or metadata.get("issuer") != issuer:
                raise self._refused("issuer", None)
            self._metadata = metadata
        return self._metadata

    def _client(self) -> AsyncOAuth2Client:
        settings = self._settings
        return AsyncOAuth2Client(
            settings.oidc_client_id, settings.oidc_client_secret or None, scope="openid profile email",
            token_endpoint_auth_method="client_secret_basic" if settings.oidc_client_secret else "none",
            redirect_uri=self._redirect_uri, code_challenge_method="S256", timeout=_TIMEOUT_SECONDS)

    @staticmethod
    def _refused(step: str, error: Exception | None) -> NavigatorError:
        _log.warning("workbench.oidc_refused", error, step=step)
        return NavigatorError(_REFUSED)

    @staticmethod
    def _silent(error: Exception) -> NavigatorError:
        _log.warning("workbench.oidc_silent", error)
        return NavigatorError(_SILENT)


def login_service(settings: Settings, secret: bytes, address: str) -> LoginService | None:
    """Return the login service of the settings; ``None`` if there is none.

    Raises:
        NavigatorError: If a setting is missing, or the service is not reached by HTTPS.
    """
    if not (settings.oidc_issuer or settings.oidc_client_id):
        return None
    if not (settings.oidc_issuer and settings.oidc_client_id):
        raise NavigatorError("Für den Anmeldedienst braucht es beides – setzen Sie NAVIGATOR_OIDC_ISSUER und "
                             "NAVIGATOR_OIDC_CLIENT_ID.")
    if not settings.oidc_issuer.startswith("https://") and not _is_local(settings.oidc_issuer):
        raise NavigatorError("Den Anmeldedienst fragt die Werkbank nur verschlüsselt – setzen Sie "
                             "NAVIGATOR_OIDC_ISSUER auf eine Adresse mit https://.")
    return LoginService(settings, secret, address + CALLBACK)


async def _read(client: AsyncOAuth2Client, url: str) -> Any:
    answer = await client.request("GET", url, withhold_token=True)
    return answer.raise_for_status().json()


def _roles(claims: Mapping[str, Any], path: str) -> tuple[str, ...]:
    """Return the values of a claim; dots lead into nested ones, e.g. ``realm_access.roles``."""
    found: Any = claims
    for part in path.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    values = found.split() if isinstance(found, str) else found if isinstance(found, list) else ()
    return tuple(str(value) for value in values)


def _is_local(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class Login:
    """Holds the service, if there is one."""

    def __init__(self, service: LoginService | None) -> None:
        self.service = service


LOGIN: web.AppKey[Login] = web.AppKey("login", Login)
