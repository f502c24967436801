"""A passkey as a device keeps one, and what a browser says of it: enough to sign in without a browser."""

import json
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.test import Client
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

from debate.models import User
from tests.accounts.conftest import PASSWORD
from tests.conftest import SAME_ORIGIN

FLAG = AuthenticatorData.FLAG
PRESENT = FLAG.UP | FLAG.UV
ADD, LOGIN, SECOND = (f"/accounts/2fa/{path}" for path in ("webauthn/add/", "webauthn/login/", "authenticate/"))


class Passkey:
    """Answers what the server asks; `origin` is where the browser says that it was asked."""

    def __init__(self, origin: str = "http://localhost") -> None:
        self.private, self.id, self.origin = ec.generate_private_key(ec.SECP256R1()), b"a key of sixteen", origin
        self.owner = ""
        self.member: User | None = None

    def create(self, options: dict[str, Any], flags: FLAG = PRESENT) -> str:
        asked = options["publicKey"]
        self.owner = asked["user"]["id"]
        key = AttestedCredentialData.create(b"\0" * 16, self.id, ES256.from_cryptography_key(self.private.public_key()))
        data = AuthenticatorData.create(domain(asked["rp"]["id"]), flags | FLAG.AT, 0, key)
        said = {"attestationObject": websafe_encode(AttestationObject.create("none", data, {}))}
        return self.said(said | {"clientDataJSON": self.seen("webauthn.create", asked)}, {"credProps": {"rk": True}})

    def get(self, options: dict[str, Any], flags: FLAG = PRESENT) -> str:
        asked = options["publicKey"]
        data, client = AuthenticatorData.create(domain(asked["rpId"]), flags, 1), self.seen("webauthn.get", asked)
        signature = self.private.sign(data + sha256(websafe_decode(client)).digest(), ec.ECDSA(SHA256()))
        said = {"authenticatorData": websafe_encode(data), "signature": websafe_encode(signature)}
        return self.said(said | {"clientDataJSON": client, "userHandle": self.owner}, {})

    def seen(self, what: str, asked: dict[str, Any]) -> str:
        return websafe_encode(CollectedClientData.create(what, asked["challenge"], self.origin))

    def said(self, response: dict[str, str], extensions: dict[str, Any]) -> str:
        key = websafe_encode(self.id)
        told = {"id": key, "rawId": key, "type": "public-key", "response": response}
        return json.dumps(told | {"clientExtensionResults": extensions})


def domain(name: str) -> bytes:
    return sha256(name.encode()).digest()


def browser() -> Client:
    """A browser that has opened the site by a name that takes passkeys without HTTPS."""
    return Client(enforce_csrf_checks=True, HTTP_HOST="localhost", **SAME_ORIGIN)


def add(client: Client, passkey: Passkey, name: str = "Phone") -> Any:
    """Give a passkey to whoever is signed in."""
    client.post("/accounts/reauthenticate/?next=/", {"password": PASSWORD})
    options = json.loads(client.get(ADD).context["options"])
    return client.post(ADD, {"name": name, "credential": passkey.create(options)})


def sign_in(client: Client, passkey: Passkey, **more: str) -> Any:
    return client.post(LOGIN, {"credential": passkey.get(client.post(LOGIN).json()), **more})


def second_step(client: Client, passkey: Passkey) -> Any:
    options = json.loads(client.get(SECOND).context["options"])
    return client.post(SECOND, {"credential": passkey.get(options)})
