"""PDF as an answer to a request."""

from __future__ import annotations

import hashlib
import logging
from io import BytesIO

from django.http import FileResponse, Http404

from certificates.models import Certificate

logger = logging.getLogger(__name__)


def certificate_file(certificate: Certificate) -> FileResponse:
    """The stored PDF, byte for byte as it was issued.

    Raises Http404 if the storage has lost or damaged it (restore it from the backup; it is never made anew).
    """
    try:
        with certificate.pdf.open("rb") as stored:
            pdf = stored.read()
    except FileNotFoundError as error:
        logger.exception("The document of certificate %s is missing from the storage", certificate.number)
        raise Http404 from error
    if hashlib.sha256(pdf).hexdigest() != certificate.pdf_sha256:
        logger.error("The document of certificate %s in the storage is damaged", certificate.number)
        raise Http404
    return pdf_answer(pdf, f"{certificate.number}.pdf")


def pdf_answer(pdf: bytes, name: str) -> FileResponse:
    """A PDF as an answer."""
    answer = FileResponse(BytesIO(pdf), filename=name, content_type="application/pdf")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
