"""The demonstration's mailbox: what the local SMTP sink received, shown safely. It does not exist outside a demo."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from accounts.access import ANYONE, open_to

NEWEST: Final = 200
# A mail's HTML is somebody else's document: its own styles and nothing else, in a frame without rights.
MAIL_POLICY: Final = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"


@dataclass(frozen=True)
class Letter:
    """One received mail, ready to list and to read."""

    name: str
    subject: str
    sender: str
    to: str
    sent_at: datetime | None
    text: str
    html: str
    attachments: tuple[str, ...]


@open_to(ANYONE)
@require_safe
def mailbox(request: HttpRequest) -> HttpResponseBase:
    """The newest mails, newest first; `?to=` keeps those to one address."""
    wanted = request.GET.get("to", "").strip().lower()
    letters = [read(path) for path in received()[:NEWEST]]
    if wanted:
        letters = [letter for letter in letters if wanted in letter.to.lower()]
    return render(request, "mailbox/list.html", {"letters": letters, "to": wanted})


@open_to(ANYONE)
@require_safe
def mail(request: HttpRequest, name: str) -> HttpResponseBase:
    """One mail: its text, and its HTML in a frame without rights."""
    return render(request, "mailbox/mail.html", {"letter": read(find(name))})


@xframe_options_sameorigin
@open_to(ANYONE)
@require_safe
def mail_html(request: HttpRequest, name: str) -> HttpResponseBase:
    """The HTML part alone, for the frame."""
    response = HttpResponse(read(find(name)).html or f"<p>{_('This message has no HTML part.')}</p>")
    response.headers["Content-Security-Policy"] = MAIL_POLICY
    return response


def received() -> list[Path]:
    """The mails on disk, newest first; none where there is no demo. Raises Http404 outside a demo."""
    if not settings.DEMO:
        raise Http404
    folder = Path(settings.MAIL_DIR)
    return sorted(folder.glob("*.eml"), key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)


def find(name: str) -> Path:
    """The mail of that name. Raises Http404 for anything that is not in the list, so no path can lead elsewhere."""
    for path in received():
        if path.stem == name:
            return path
    raise Http404


def read(path: Path) -> Letter:
    """Parse one mail as it came over SMTP."""
    message = BytesParser(EmailMessage, policy=policy.default).parsebytes(path.read_bytes())
    return Letter(
        name=path.stem,
        subject=str(message.get("subject", "")) or _("(no subject)"),
        sender=str(message.get("from", "")),
        to=str(message.get("to", "")),
        sent_at=_sent_at(message),
        text=_part(message, "plain"),
        html=_part(message, "html"),
        attachments=tuple(part.get_filename() or part.get_content_type() for part in message.iter_attachments()),
    )


def _part(message: EmailMessage, kind: str) -> str:
    body = message.get_body(preferencelist=(kind,))
    return str(body.get_content()) if body else ""


def _sent_at(message: EmailMessage) -> datetime | None:
    try:
        return parsedate_to_datetime(str(message.get("date", "")))
    except ValueError:
        return None
