"""Signing a certificate's PDF (PAdES). `settings.SIGNER` names the class; the State's signing service will be one too.

Until then the test authority signs: it is made at the first run, and everything it signs prints TEST.
"""

from __future__ import annotations

from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final, Protocol

from asn1crypto import x509  # type: ignore[import-untyped]
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.utils.module_loading import import_string
from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import Signer as CmsSigner
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko_certvalidator.registry import SimpleCertificateStore

from certificates.keys import ROOT_FILE, SIGNING_FILE, SIGNING_KEY_FILE, key_folder, make_test_authority

FIELD: Final = "Signature1"
RESERVED_BYTES: Final = 8192  # for the signature and its certificates; saves signing once more just to learn the size


class Signer(Protocol):
    """What signs a PDF. `is_test` makes the paper print TEST and the public check say so."""

    name: str
    is_test: bool

    def sign(self, pdf: bytes, reason: str, at: datetime) -> bytes:
        """The same document with a PAdES signature that covers the whole file; `at` is the stated moment."""
        ...

    def trust_roots(self) -> list[x509.Certificate]:
        """The roots under which this signer's signatures are accepted."""
        ...


class TestAuthoritySigner:
    """Signs with the test authority's EC P-256 key. Nothing it signs has legal effect."""

    __test__ = False  # the name begins with Test, and pytest would take it for a test class
    name = "TEST"
    is_test = True

    def __init__(self) -> None:
        folder = key_folder("test-authority", make_test_authority)
        self._root = _certificate(folder / ROOT_FILE)
        certificate = _certificate(folder / SIGNING_FILE)
        key = serialization.load_pem_private_key((folder / SIGNING_KEY_FILE).read_bytes(), password=None)
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise TypeError("The test authority signs with an elliptic-curve key.")
        self._cms_signer = _LoadedKeySigner(certificate, self._root, key)

    def sign(self, pdf: bytes, reason: str, at: datetime) -> bytes:
        """The certified PDF: any later change breaks it (DocMDP: no changes)."""
        meta = PdfSignatureMetadata(
            field_name=FIELD,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            reason=reason,
            name=self.name,
            certify=True,
            docmdp_permissions=MDPPerm.NO_CHANGES,
        )
        signed = BytesIO()
        _PdfSignerAt(meta, signer=self._cms_signer, at=at).sign_pdf(
            IncrementalPdfFileWriter(BytesIO(pdf)), bytes_reserved=RESERVED_BYTES, output=signed
        )
        return signed.getvalue()

    def trust_roots(self) -> list[x509.Certificate]:
        """The test root only."""
        return [self._root]


def _certificate(path: Path) -> x509.Certificate:
    return load_cert_from_pemder(str(path))  # type: ignore[no-untyped-call]


class _LoadedKeySigner(CmsSigner):
    """Keeps the loaded key: pyHanko's own signer parses it again for every signature."""

    def __init__(self, certificate: x509.Certificate, root: x509.Certificate, key: ec.EllipticCurvePrivateKey) -> None:
        store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        store.register_multiple([certificate, root])
        super().__init__(signing_cert=certificate, cert_registry=store)
        self._key = key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:  # noqa: ARG002
        """The raw ECDSA signature of the signed attributes."""
        if digest_algorithm != "sha256":
            raise ValueError(f"This signer signs SHA-256 digests, not {digest_algorithm}.")
        return self._key.sign(data, ec.ECDSA(hashes.SHA256()))


class _PdfSignerAt(PdfSigner):
    """States the given moment instead of the machine's clock."""

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._at = at

    def init_signing_session(self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False) -> PdfSigningSession:
        """Begin, at the stated moment."""
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self._at
        return session


@cache
def load_signer() -> Signer:
    """The signer of this installation, once per process."""
    signer: Signer = import_string(settings.SIGNER)()
    return signer
