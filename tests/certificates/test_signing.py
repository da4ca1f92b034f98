"""The signature: PAdES over the whole file, under a test root that says so, from keys nobody else can read."""

from __future__ import annotations

import base64
import stat
import subprocess
import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from django.conf import settings
from pyhanko.pdf_utils.reader import PdfFileReader

from certificates.keys import ROOT_FILE, SIGNING_FILE, key_folder, make_test_authority
from certificates.rendering import render
from certificates.seal import public_key_pem, seal_holds, seal_query, sealed_words
from certificates.signing import TestAuthoritySigner, load_signer
from certificates.verifying import signature_holds
from tests.certificates.samples import DAY, paper

AT = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def signed() -> bytes:
    """A certificate signed by the test authority."""
    return load_signer().sign(render("certificate", paper()), "HP-2026-000001", AT)


def test_the_signature_holds_under_our_root_and_under_no_other(
    signed: bytes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert signature_holds(signed, load_signer().trust_roots())
    monkeypatch.setattr(settings, "KEYS_DIR", tmp_path)
    assert not signature_holds(signed, TestAuthoritySigner().trust_roots())


def test_it_is_a_certifying_pades_signature_with_the_stated_moment(signed: bytes) -> None:
    signature = PdfFileReader(BytesIO(signed)).embedded_signatures[0]
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert signature.sig_object["/Reason"] == "HP-2026-000001"
    assert signature.self_reported_timestamp == AT
    assert signature.docmdp_level is not None and signature.docmdp_level.name == "NO_CHANGES"


def test_the_signed_file_keeps_the_archivable_one_whole_at_its_head(signed: bytes) -> None:
    assert signed.startswith(render("certificate", paper()))


def test_the_test_authority_says_test_in_every_name(signed: bytes) -> None:
    folder = key_folder("test-authority", make_test_authority)
    for name in (ROOT_FILE, SIGNING_FILE):
        subject = x509.load_pem_x509_certificate((folder / name).read_bytes()).subject.rfc4514_string()
        assert "TEST" in subject
    assert load_signer().is_test and load_signer().name == "TEST"


def test_keys_can_be_read_by_their_owner_only(signed: bytes) -> None:
    keys = list(Path(settings.KEYS_DIR).rglob("*.key"))
    assert keys
    assert {stat.S_IMODE(path.stat().st_mode) for path in keys} == {0o600}
    assert {stat.S_IMODE(path.parent.stat().st_mode) for path in keys} == {0o700}


def test_processes_that_start_together_end_up_with_the_same_authority(tmp_path: Path) -> None:
    script = (
        "import sys, pathlib\n"
        "from django.conf import settings\n"
        "settings.configure(KEYS_DIR=pathlib.Path(sys.argv[1]))\n"
        "from certificates.keys import key_folder, make_test_authority\n"
        "sys.stdout.write((key_folder('test-authority', make_test_authority) / 'root.crt').read_text())\n"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        for _process in range(6)
    ]
    roots = {process.communicate()[0] for process in started}
    assert len(roots) == 1 and "BEGIN CERTIFICATE" in roots.pop()
    assert [path.name for path in tmp_path.iterdir()] == ["test-authority"]


def test_the_seal_in_the_code_can_be_checked_with_the_published_key_alone() -> None:
    digest = "ab" * 32
    query = dict(pair.split("=") for pair in seal_query("HP-2026-000001", digest, DAY).split("&"))
    key = load_pem_public_key(public_key_pem().encode())
    signature = base64.urlsafe_b64decode(query["s"] + "==")
    key.verify(signature, sealed_words("HP-2026-000001", digest, DAY))  # type: ignore[union-attr,call-arg]
    assert base64.urlsafe_b64decode(query["h"] + "=").hex() == digest
    assert query["d"] == "20261124"


@pytest.mark.parametrize("signature", ["", "x", "!!!", "a" * 86, "ß", "A" * 500])
def test_anything_else_is_no_seal(signature: str) -> None:
    assert not seal_holds("HP-2026-000001", "ab" * 32, DAY, signature)
