"""Jobs of this app: short, they carry ids, and may run twice."""

from celery import shared_task

from cases import chasing


@shared_task
def chase_deadlines() -> int:
    """Tell whoever is awaited that the time runs out; a step that was told is not told again."""
    return chasing.chase()
