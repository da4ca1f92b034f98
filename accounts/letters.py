"""The letter of an invitation."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from accounts.adapter import with_html
from accounts.models import Invitation


@transaction.atomic
def send_invitation_letter(invitation_id: int) -> bool:
    """Send the letter once, in the language the Owner chose; False if it has been sent or is no longer wanted.

    Raises the mail backend's errors (SMTPException, OSError); the row then stays unsent.
    """
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("organisation", "invited_by")
        .get(pk=invitation_id)
    )
    if invitation.sent_at is not None or not invitation.is_open(timezone.now()):
        return False
    shown = {"invitation": invitation, "url": settings.SITE_URL + reverse("invitation", args=[invitation.token])}
    with translation.override(invitation.language):
        subject = render_to_string("accounts/mail/invitation_subject.txt", shown).strip()
        text = render_to_string("accounts/mail/invitation_message.txt", shown).strip()
        mail = EmailMultiAlternatives(subject, text, settings.DEFAULT_FROM_EMAIL, [invitation.email])
        with_html(mail).send()
    invitation.sent_at = timezone.now()
    invitation.save(update_fields=["sent_at"])
    return True
