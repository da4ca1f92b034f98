"""PDF as an answer to a request."""

from __future__ import annotations

import logging
from io import BytesIO
from typing import IO

from django.http import FileResponse, Http404

from certificates.models import Certificate

logger = logging.getLogger(__name__)


def certificate_file(certificate: Certificate) -> FileResponse:
    """The stored PDF. Raises Http404 if the storage has lost it (restore it from the backup; it is never made anew)."""
    try:
        stored = certificate.pdf.open("rb")
    except FileNotFoundError as error:
        logger.exception("The document of certificate %s is missing from the storage", certificate.number)
        raise Http404 from error
    return _answer(stored, f"{certificate.number}.pdf")


def pdf_answer(pdf: bytes, name: str) -> FileResponse:
    """A PDF made for this request."""
    return _answer(BytesIO(pdf), name)


def _answer(content: IO[bytes], name: str) -> FileResponse:
    answer = FileResponse(content, filename=name, content_type="application/pdf")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
