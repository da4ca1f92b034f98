"""What approval and issue do to a certificate, in the deciding transaction; and how its document is made afterwards."""

from __future__ import annotations

import hashlib
import json
import logging
from datetime import datetime, timedelta
from typing import Any, Final, cast

from celery import current_app
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.calendar import local_date
from cases.errors import Invalid
from cases.kinds import kind_of
from cases.models import Case, Event
from certificates.content import Agency, FrozenContent, Text, check_content, digest, text
from certificates.layout import paper_of
from certificates.models import Certificate
from certificates.numbering import next_number
from certificates.rendering import RenderError, printable, render
from certificates.seal import seal_query
from certificates.signing import Signer, load_signer
from certificates.states import DocumentState, State

logger = logging.getLogger(__name__)

RENDER_TASK: Final = "certificates.tasks.render_certificate"
FIRST_RETRY: Final = timedelta(minutes=1)
LONGEST_RETRY: Final = timedelta(hours=1)
SWEEP_LIMIT: Final = 500


def on_case_moved(sender: type[Case], case: Case, event: Event, **kwargs: Any) -> None:
    """Listen to `case_moved`: an approval prepares the certificate, an issue gives it its number."""
    if event.verb == "approve":
        prepare(case, event)
    elif event.verb == "issue":
        issue(case, event)


# --- in the deciding transaction ------------------------------------------------------------------------------------
def prepare(case: Case, event: Event) -> Certificate:
    """Freeze what the certificate will state. Raises Invalid when it could not be printed: then nothing is approved."""
    content = check_content(_plain(case.dossier.certificate_content()))
    content.setdefault("agency", _agency(case))
    content.setdefault("signer", {"position": _position(event), "name": str(event.by or "")})
    _refuse_unprintable(content)
    certificate, _created = Certificate.objects.update_or_create(
        case=case, defaults={"kind": case.kind, "content": content}
    )
    return certificate


def issue(case: Case, event: Event) -> Certificate:
    """Give the number, freeze the content, let the dossier take effect, and have the document made after the commit."""
    certificate = Certificate.objects.select_for_update().get(case=case)
    on = local_date(event.at)
    certificate.replaces = _ended_by(certificate.content)
    certificate.number = next_number(kind_of(case.kind).number_series, on.year)
    certificate.project_code = str(event.data.get("project_code", "")).strip()
    certificate.issued_on = on
    certificate.is_test = load_signer().is_test
    certificate.content = _frozen(certificate)
    certificate.version = certificate.content["version"]
    certificate.content_sha256 = digest(certificate.content)
    certificate.verify_url = _sealed_url(certificate)
    certificate.state = State.VALID
    certificate.save()
    case.dossier.take_effect(
        certificate_number=certificate.number, project_code=certificate.project_code, on=on, by=event.by
    )
    # a lambda: Django names the function when it logs its failure, and a partial has no name
    transaction.on_commit(lambda: enqueue(certificate.pk), robust=True)
    return certificate


def _ended_by(content: dict[str, Any]) -> Certificate | None:
    """The certificate that ends with this issue, now marked as replaced."""
    number = content.get("replaces")
    if not number:
        return None
    earlier = Certificate.objects.select_for_update().in_force().filter(number=number).first()
    if earlier is None:
        raise Invalid({"certificate": [_("Certificate %(number)s is no longer in force.") % {"number": number}]})
    earlier.state = State.REPLACED
    earlier.save(update_fields=["state"])
    return earlier


def _frozen(certificate: Certificate) -> dict[str, Any]:
    """The prepared content with what only the registry knows."""
    earlier = certificate.replaces
    history = certificate.content.get("history")
    if history is None and earlier is not None:
        before = earlier.content
        last = {"version": earlier.version, "issued_on": before["issued_on"], "number": earlier.number}
        history = [*before.get("history", []), last]
    known = history or []
    content: dict[str, Any] = certificate.content
    return content | {
        "history": known,
        "number": certificate.number,
        "version": max(entry["version"] for entry in known) + 1 if known else 0,
        "issued_on": f"{certificate.issued_on:%Y-%m-%d}",
        "project_code": certificate.project_code,
        "test": certificate.is_test,
    }


def _sealed_url(certificate: Certificate) -> str:
    """What the QR code holds: the public check of this number, with the seal that a phone can check offline."""
    if certificate.issued_on is None or certificate.number is None:
        raise ValueError("Only an issued certificate has a seal.")
    path = reverse("verify-number", args=[certificate.number])
    query = seal_query(certificate.number, certificate.content_sha256, certificate.issued_on)
    return f"{settings.SITE_URL.rstrip('/')}{path}?{query}"


def _refuse_unprintable(content: Any) -> None:
    """Set the paper once before anybody decides, so that an approved certificate can always be printed."""
    trial: FrozenContent = content | {
        "number": "HP-2000-000000",
        "version": 0,
        "issued_on": "2000-01-01",
        "project_code": "0000000000",
        "test": True,
        "history": content.get("history", []),
    }
    try:
        render("certificate", paper_of(trial, f"{settings.SITE_URL}{reverse('verify')}"))
    except RenderError as error:
        raise Invalid(
            {"certificate": [_("The certificate cannot be printed as it stands: %(why)s") % {"why": str(error)}]}
        ) from error


def _agency(case: Case) -> Agency:
    """The issuing authority as printed."""
    office = case.authority
    if office is None:
        raise Invalid({"certificate": [_("The case has no authority that could issue a certificate.")]})
    return {
        "superior": text(office.parent_vi, office.parent_en),
        "name": text(office.name_vi, office.name_en),
        "place": text("Hải Phòng", "Hai Phong"),
    }


def _position(event: Event) -> Text:
    """The position of whoever approved."""
    title = event.by.job_title if event.by else ""
    return text(title) if title else text("Người có thẩm quyền", "Authorised signatory")


def _plain(content: Any) -> dict[str, Any]:
    """The content as JSON gives it back: what is hashed now is what the database returns later."""
    plain: dict[str, Any] = json.loads(json.dumps(printable(content), cls=DjangoJSONEncoder))
    return plain


# --- after the commit -----------------------------------------------------------------------------------------------
def enqueue(certificate_id: int) -> None:
    """Ask a worker to make the document. If the broker is away, the sweep asks again later."""
    current_app.send_task(
        RENDER_TASK, args=[certificate_id], retry=True, retry_policy={"max_retries": 1, "interval_start": 0}
    )


def produce(certificate_id: int) -> bool:
    """Make the signed PDF unless it exists or someone is making it. True if this call made it; safe to call twice."""
    now = timezone.now()
    claimed = (
        Certificate.objects.to_render(now)
        .filter(pk=certificate_id)
        .update(document_state=DocumentState.RENDERING, claimed_at=now, attempts=F("attempts") + 1)
    )
    if not claimed:
        return False
    certificate = Certificate.objects.get(pk=certificate_id)
    try:
        return _store(certificate, signed_pdf(certificate, load_signer(), now), now)
    except Exception as error:  # whatever it was is written down, and tried again later
        logger.exception("The document of certificate %s could not be made", certificate.number)
        _note_failure(certificate, error, now)
        return False


def signed_pdf(certificate: Certificate, signer: Signer, at: datetime) -> bytes:
    """The certificate as a signed PDF."""
    if signer.is_test != certificate.is_test:
        raise RenderError("The signer is not the one this certificate was issued for.")
    content = cast(FrozenContent, certificate.content)
    return signer.sign(render("certificate", paper_of(content, certificate.verify_url)), str(certificate.number), at)


def _store(certificate: Certificate, pdf: bytes, claimed_at: datetime) -> bool:
    """Keep the file and say so, if the claim still holds."""
    name = f"certificates/{certificate.content['issued_on'][:4]}/{certificate.number}.pdf"
    with transaction.atomic():
        claim = Certificate.objects.select_for_update().filter(
            pk=certificate.pk, document_state=DocumentState.RENDERING, claimed_at=claimed_at
        )
        if not claim.exists():
            return False
        if default_storage.exists(name):  # left by a worker that died between the file and the row
            default_storage.delete(name)
        claim.update(
            pdf=default_storage.save(name, ContentFile(pdf)),
            pdf_sha256=hashlib.sha256(pdf).hexdigest(),
            signed_at=claimed_at,
            document_state=DocumentState.READY,
            document_error="",
            next_try_at=None,
        )
    return True


def _note_failure(certificate: Certificate, error: Exception, claimed_at: datetime) -> None:
    """Say why, and when the sweep shall try again: after 1, 2, 4 ... minutes, at most an hour."""
    wait = min(FIRST_RETRY * 2 ** min(certificate.attempts - 1, 10), LONGEST_RETRY)
    Certificate.objects.filter(pk=certificate.pk, document_state=DocumentState.RENDERING, claimed_at=claimed_at).update(
        document_state=DocumentState.FAILED,
        document_error=f"{type(error).__name__}: {error}"[:500],
        next_try_at=timezone.now() + wait,
    )


def sweep() -> int:
    """Ask again for every document nobody is making. The number asked for."""
    waiting = Certificate.objects.to_render(timezone.now()).values_list("pk", flat=True)[:SWEEP_LIMIT]
    for certificate_id in waiting:
        enqueue(certificate_id)
    return len(waiting)
