"""Is this paper ours, unchanged, and still in force? Asked by number, by QR code, or with the PDF itself.

A file is genuine only if it is byte for byte the one that was issued, and its signature holds: sound, trusted under our
own root, and covering the whole file. Files that are not ours are searched for our numbers as plain bytes and never
parsed, so a malformed or hostile PDF has nothing to attack.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from io import BytesIO
from typing import Final

from asn1crypto import x509  # type: ignore[import-untyped]
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from certificates.models import Certificate
from certificates.numbering import NUMBER
from certificates.seal import seal_holds
from certificates.signing import load_signer
from certificates.states import ENDED_EARLY, State

logger = logging.getLogger(__name__)

MAX_BYTES: Final = 10 * 1024 * 1024
MAX_INFLATED: Final = 20 * 1024 * 1024
MAX_STREAMS: Final = 2000
MAX_NUMBERS: Final = 20
STREAM: Final = b"stream"
END_OF_STREAM: Final = b"endstream"
NUMBER_BYTES: Final = re.compile(NUMBER.pattern.encode())


class Answer(StrEnum):
    """What the public check says."""

    VALID = "valid"
    REPLACED = "replaced"
    REVOKED = "revoked"
    ALTERED = "altered"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Verdict:
    """The answer, and the certificate it is about where there is one. `signed_at` only for a genuine file."""

    answer: Answer
    certificate: Certificate | None = None
    signed_at: datetime | None = None


class TooLarge(Exception):
    """The file is bigger than any certificate; `limit` in bytes."""

    limit = MAX_BYTES


def look_up(number: str, signature: str = "") -> Verdict:
    """The state of a number; with the seal of a QR code, `altered` when the seal is not ours for this certificate."""
    certificate = (
        Certificate.objects.issued().select_related("replaced_by").filter(number=number.strip().upper()).first()
    )
    if certificate is None or certificate.number is None or certificate.issued_on is None:
        return Verdict(Answer.UNKNOWN)
    if signature and not seal_holds(certificate.number, certificate.content_sha256, certificate.issued_on, signature):
        return Verdict(Answer.ALTERED, certificate)
    return Verdict(_standing(certificate), certificate)


def examine(pdf: bytes) -> Verdict:
    """The verdict on a file. Raises TooLarge; never fails on what the bytes contain."""
    if len(pdf) > MAX_BYTES:
        raise TooLarge
    fingerprint = hashlib.sha256(pdf).hexdigest()
    same = Certificate.objects.issued().select_related("replaced_by").filter(pdf_sha256=fingerprint).first()
    if same is None:
        return _foreign(pdf)
    if not signature_holds(pdf, load_signer().trust_roots()):
        logger.error("The stored document of certificate %s does not carry a valid signature", same.number)
        return Verdict(Answer.ALTERED, same)
    return Verdict(_standing(same), same, same.signed_at)


def signature_holds(pdf: bytes, roots: Sequence[x509.Certificate]) -> bool:
    """Whether the first signature is sound, trusted under these roots, and covers the entire file.

    Both halves are needed: `valid` alone stays true for a tampered file, and the bottom line alone for one added to.
    """
    try:
        signature = PdfFileReader(BytesIO(pdf)).embedded_signatures[0]
        context = ValidationContext(trust_roots=list(roots), allow_fetching=False)
        status = validate_pdf_signature(signature, signer_validation_context=context)
    except Exception:  # whatever is wrong with the file, it is not a signature that holds
        return False
    return bool(status.bottom_line) and status.coverage == SignatureCoverageLevel.ENTIRE_FILE


def _standing(certificate: Certificate) -> Answer:
    """To the public, a certificate that was given back is without effect just as one that was taken back."""
    if certificate.state in ENDED_EARLY:
        return Answer.REVOKED
    return Answer.REPLACED if certificate.state == State.REPLACED else Answer.VALID


def _foreign(pdf: bytes) -> Verdict:
    """A file we did not issue: altered if it carries one of our numbers or our signer's certificate, else unknown."""
    carried = [number for number, _times in Counter(_numbers(pdf)).most_common(MAX_NUMBERS)]
    ours = Certificate.objects.issued().select_related("replaced_by").filter(number__in=carried)
    known = {certificate.number: certificate for certificate in ours}
    for number in carried:
        if number in known:
            return Verdict(Answer.ALTERED, known[number])
    return Verdict(Answer.ALTERED if _carries_our_signer(pdf) else Answer.UNKNOWN)


def _numbers(pdf: bytes) -> Iterator[str]:
    """Everything in the file that looks like one of our numbers: as it stands, as UTF-16, and inside packed streams."""
    for part in (pdf, *_inflated(pdf)):
        for found in NUMBER_BYTES.findall(part) + NUMBER_BYTES.findall(part.replace(b"\0", b"")):
            yield found.decode()


def _inflated(pdf: bytes) -> Iterator[bytes]:
    """The packed streams of the file, as far as they can be unpacked within fixed limits; linear in the file's size."""
    view, position, left = memoryview(pdf), 0, MAX_INFLATED
    for _stream in range(MAX_STREAMS):
        start = pdf.find(STREAM, position)
        end = pdf.find(END_OF_STREAM, start + len(STREAM))
        if start < 0 or end < 0 or left <= 0:
            return
        position = end + len(END_OF_STREAM)
        begin = start + len(STREAM) + (2 if pdf[start + len(STREAM) : start + len(STREAM) + 2] == b"\r\n" else 1)
        with contextlib.suppress(zlib.error):
            part = zlib.decompressobj().decompress(view[begin:end], left)
            left -= len(part)
            yield part


def _carries_our_signer(pdf: bytes) -> bool:
    """Whether the file holds a certificate of our authority (a signature stands in a PDF as hexadecimal digits)."""
    folded = pdf.lower()
    return any(
        root.subject.dump().hex().encode() in folded or root.subject.dump() in pdf
        for root in load_signer().trust_roots()
    )
