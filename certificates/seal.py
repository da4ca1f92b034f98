"""The short signature in the QR code: a phone checks number, content hash and date with the published key, offline."""

from __future__ import annotations

import base64
import binascii
from datetime import date
from functools import cache
from urllib.parse import urlencode

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from certificates.keys import SEAL_KEY_FILE, key_folder, make_seal_key


def seal_query(number: str, content_sha256: str, issued_on: date) -> str:
    """The query of the QR address: `d` the day, `h` the content's SHA-256, `s` the signature (both base64url)."""
    signature = _key().sign(sealed_words(number, content_sha256, issued_on))
    digest = bytes.fromhex(content_sha256)
    return urlencode({"d": f"{issued_on:%Y%m%d}", "h": _encode(digest), "s": _encode(signature)})


def seal_holds(number: str, content_sha256: str, issued_on: date, signature: str) -> bool:
    """Whether the signature is ours for exactly this number, content and day."""
    try:
        given = base64.urlsafe_b64decode(signature + "=" * (-len(signature) % 4))
        _key().public_key().verify(given, sealed_words(number, content_sha256, issued_on))
    except (InvalidSignature, ValueError, binascii.Error):
        return False
    return True


def sealed_words(number: str, content_sha256: str, issued_on: date) -> bytes:
    """What is signed: `number|sha256 in hex|YYYY-MM-DD`."""
    return f"{number}|{content_sha256}|{issued_on:%Y-%m-%d}".encode()


def public_key_pem() -> str:
    """The key that checks the seals, to be published."""
    return (
        _key()
        .public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        .decode()
    )


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


@cache
def _key() -> Ed25519PrivateKey:
    """The portal's own seal key, made at the first run."""
    pem = (key_folder("seal", make_seal_key) / SEAL_KEY_FILE).read_bytes()
    key = serialization.load_pem_private_key(pem, password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError("The seal key is an Ed25519 key.")
    return key
