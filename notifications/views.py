"""“Messages to you”: every letter with its state and its words as sent, and the button that sends it again."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import PERSON, open_to
from accounts.models import User
from accounts.request import PortalRequest
from cases.errors import CaseError, NotAllowed
from notifications.models import Message
from notifications.outbox import send_again
from notifications.states import Audience
from notifications.writing import case_path

PAGE: Final = 25


@open_to(PERSON)
@require_safe
def message_list(request: PortalRequest) -> HttpResponse:
    """The letters to the person, newest first, of one `case` or all; `before` and `after` are the page's edges."""
    own = Message.objects.to_person(request.user).select_related("case").defer("text", "html")
    case = request.GET.get("case", "").strip().upper()
    if case:
        own = own.filter(case__reference=case)
    before, after = _number(request, "before"), _number(request, "after")
    if after:
        rows = list(own.filter(pk__gt=after).order_by("pk")[: PAGE + 1])
        newer, older = len(rows) > PAGE, True
        rows = rows[:PAGE][::-1]
    else:
        rows = list((own.filter(pk__lt=before) if before else own).order_by("-pk")[: PAGE + 1])
        newer, older = bool(before), len(rows) > PAGE
        rows = rows[:PAGE]
    page = {
        "letters": rows,
        "case": case,
        "previous": _query(case, after=rows[0].pk) if newer and rows else None,
        "next": _query(case, before=rows[-1].pk) if older and rows else None,
    }
    return render(request, "notifications/message_list.html", page)


@open_to(PERSON)
@require_safe
def message_detail(request: PortalRequest, number: int) -> HttpResponse:
    """One letter as it was sent, with every attempt to send it."""
    letter = _letter(request, number)
    page = {
        "letter": letter,
        "log": letter.log.all(),
        "copies": letter.sent_again.order_by("pk").defer("text", "html"),
        "may_send_again": _may_send_again(request.user, letter),
        "case_url": case_path(letter.case, _side(request.user)) if letter.case else "",
    }
    return render(request, "notifications/message_detail.html", page)


@open_to(PERSON)
@require_POST
def message_again(request: PortalRequest, number: int) -> HttpResponse:
    """Send a letter again, and say what happens now; back to `next` or to the letter."""
    letter = _letter(request, number)
    try:
        if not _may_send_again(request.user, letter):
            raise NotAllowed(_("Your role in the office does not include this step."))
        row = send_again(letter)
        messages.success(request, _("The letter to %(address)s is being sent again.") % {"address": row.to})
    except CaseError as refusal:
        messages.warning(request, refusal.message)
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return redirect(wanted if safe else reverse("message-detail", args=[letter.pk]))


def _letter(request: PortalRequest, number: int) -> Message:
    """A letter the person may see; somebody else's is not found."""
    visible = Message.objects.visible_to(request.user).select_related("case", "person", "again_of")
    return get_object_or_404(visible, pk=number)


def _may_send_again(user: User, letter: Message) -> bool:
    return letter.person_id == user.pk or user.has_perm("notifications.resend_message")


def _query(case: str, **edge: int) -> str:
    """The query string of a neighbouring page."""
    parts: dict[str, str | int] = {**edge}
    if case:
        parts["case"] = case
    return f"?{urlencode(parts)}"


def _side(user: User) -> Audience:
    return Audience.OFFICIAL if user.is_staff else Audience.INVESTOR


def _number(request: PortalRequest, name: str) -> int:
    """A number of the query string; 0 for anything else."""
    value = request.GET.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 19 else 0
