"""Jobs: letters of invitations leave after the commit, and are tried again until they have left."""

from __future__ import annotations

from smtplib import SMTPException

from celery import shared_task
from django.utils import timezone

from accounts.letters import send_invitation_letter
from accounts.models import Invitation


@shared_task(autoretry_for=(SMTPException, OSError), retry_backoff=10, max_retries=5)
def send_invitation(invitation_id: int) -> None:
    """Send one invitation's letter; may run twice."""
    send_invitation_letter(invitation_id)


@shared_task
def sweep_invitations() -> None:
    """Send what an earlier run could not."""
    waiting = Invitation.objects.filter(sent_at=None, state=Invitation.State.PENDING, expires_at__gt=timezone.now())
    for invitation_id in waiting.values_list("pk", flat=True)[:200]:
        send_invitation.delay(invitation_id)
