"""Background work: thin, and safe to run twice."""

from celery import shared_task

from certificates import issuing


@shared_task
def render_certificate(certificate_id: int) -> None:
    """Make the signed PDF of one certificate."""
    issuing.produce(certificate_id)


@shared_task
def sweep_certificates() -> None:
    """Ask again for documents that were lost or failed."""
    issuing.sweep()
